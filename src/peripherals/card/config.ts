import { z } from 'zod';

const serialReader = z.strictObject({
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Serial device; null = found by its name in /dev/serial/by-id'),
  baudRate: z
    .union([9_600, 19_200, 38_400, 57_600, 115_200, 230_400].map((rate) => z.literal(rate)))
    .default(9_600)
    .describe('Speed of the line, as the reader is set; readers come from their maker at 9600'),
  slot: z.int().min(0).max(3).default(1).describe('Slot of the contact card: 1 on an ACR1281S, 0 on most others'),
});

/** The card room's part of the settings. */
export const cardConfig = z
  .strictObject({
    driver: z
      .enum(['auto', 'pcsc', 'serial', 'replay', 'simulated'])
      .default('auto')
      .describe(
        'auto = PC/SC; serial = a reader on a serial line; replay = a recorded card; simulated = virtual cards only, for demonstrations',
      ),
    backend: z
      .enum(['smartcard', 'pcsc-mini'])
      .default('smartcard')
      .describe('package that speaks to pcscd; pcsc-mini needs no compiler, but is not built for every processor'),
    reader: z.string().min(1).nullable().default(null).describe('part of the reader name; null = the first reader'),
    secondReader: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        "reader for a representative's card: part of a PC/SC reader's name, which the first reader is then never, or the path of a serial device; null = none",
      ),
    serial: serialReader
      .prefault({})
      .describe('The reader of driver "serial"; speed and slot count for a second one too'),
    recording: z.string().min(1).nullable().default(null).describe('File of driver "replay" (card read --record)'),
    apduLimitMs: z.int().min(100).max(30_000).default(3_000).describe('longest wait for one answer of the chip, ms'),
    readLimitMs: z.int().min(1_000).max(120_000).default(45_000).describe('longest whole read, ms'),
  })
  .refine(({ driver, recording }) => driver !== 'replay' || recording !== null, {
    message: 'driver "replay" needs a file',
    path: ['recording'],
  })
  .prefault({});

export type CardConfig = z.infer<typeof cardConfig>;
