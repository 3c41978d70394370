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
  challenge: z
    .enum(['off', 'when-possible', 'required'])
    .default('when-possible')
    .describe(
      'The ring light plays a gentle pattern while a face is captured, and the face must answer it. when-possible = daylight that outshines it, or no panel, says nothing; required = without an answer officers decide',
    ),
  leastAnswer: z
    .number()
    .min(0.01)
    .max(1)
    .nullable()
    .default(null)
    .describe(
      'By how much a face at least answers in the brightest light of this place (the log tells each answer as the score of `challenge`); less counts as an attack. null = learned from the visits of the last hour',
    ),
  ownLight: z
    .enum(['off', 'watch', 'veto'])
    .default('watch')
    .describe(
      "What captures of this station look like by light is learned from verified visits: 'watch' records how far one lies from it, 'veto' also sends those beyond the limit to officers. 'veto' is for stations that stand where the light stays; a station that is carried has none of its own",
    ),
  guidanceSize: z
    .int()
    .min(320)
    .max(1920)
    .default(1_280)
    .describe('Longer side of the picture that guidance looks at, pixels'),
});
