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
  ageing: z
    .strictObject({
      perYear: z
        .number()
        .min(0)
        .max(0.05)
        .default(0.005)
        .describe("By which the officers' band grows downwards each year"),
      most: z.number().min(0).max(0.2).default(0.04).describe('At most by this'),
    })
    .prefault({})
    .describe(
      'Faces change while a card is valid: the older its photo, the lower a score may be for officers still to decide with both pictures. What counts as a match never changes',
    ),
  guidanceSize: z
    .int()
    .min(320)
    .max(1920)
    .default(1_280)
    .describe('Longer side of the picture that guidance looks at, pixels'),
});
