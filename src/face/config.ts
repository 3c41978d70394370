import { z } from 'zod';

/** The face room's part of the settings. Thresholds are not here: they come with the models. */
export const faceConfig = z.strictObject({
  modelsDir: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Folder with manifest.json; null = models/ of the program'),
  probes: z.int().min(1).max(10).default(3).describe('Good frames that one attempt is made of'),
  guidanceSize: z
    .int()
    .min(320)
    .max(1920)
    .default(1_280)
    .describe('Longer side of the picture that guidance looks at, pixels'),
});
