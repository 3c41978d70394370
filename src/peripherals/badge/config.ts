import { z } from 'zod';

/** The badge room's part of the settings. */
export const badgeConfig = z.strictObject({
  driver: z
    .enum(['auto', 'hid-pos', 'simulated', 'none'])
    .default('auto')
    .describe('auto = a HID-POS scanner if one is plugged in, none is fine; hid-pos = one must be there'),
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Device path, e.g. /dev/thuengban-scanner; null = the first HID-POS scanner'),
});
