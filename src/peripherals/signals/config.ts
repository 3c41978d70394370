import { z } from 'zod';

/** The signals room's part of the settings. */
export const signalsConfig = z.strictObject({
  driver: z
    .enum(['auto', 'johnny-five', 'simulated', 'none'])
    .default('auto')
    .describe(
      'auto = a panel where one is plugged in, none where not; johnny-five = a panel belongs here, its absence is a fault; simulated = nothing lights up; none = never look for one',
    ),
  port: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Serial port of the panel, best /dev/serial/by-id/…; null = /dev/thuengban-panel, then a known board by its USB name',
    ),
  ringLevel: z.number().min(0).max(1).default(0.7).describe('Ring light while a face is captured: 0 = off, 1 = full'),
});
