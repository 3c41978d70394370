import { z } from 'zod';

/** The printer room's part of the settings. */
export const printerConfig = z.strictObject({
  driver: z
    .enum(['auto', 'serial', 'usb', 'simulated', 'none'])
    .default('auto')
    .describe(
      'auto = a printer where one is plugged in, none where not (in a demonstration the simulated one); serial, usb = one belongs here, its absence is a fault; simulated = slips become pictures; none = never look for one',
    ),
  port: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('/dev/usb/lp0 or a serial device, best by its name in /dev/serial/by-id; null = found by its name'),
  baudRate: z
    .int()
    .min(9_600)
    .max(921_600)
    .default(115_200)
    .describe('Of a serial printer; its self-test slip says it'),
  dots: z
    .union([z.literal(576), z.literal(384)])
    .default(576)
    .describe('Dots across the paper: 576 for 80 mm, 384 for 58 mm'),
  cut: z.boolean().default(true).describe('false = it has no cutter: the paper is fed to the edge where it is torn'),
});
export type PrinterConfig = z.infer<typeof printerConfig>;
