import { z } from 'zod';
import { faceConfig } from '../face/config.ts';
import { journalConfig } from '../journal/config.ts';
import { badgeConfig } from '../peripherals/badge/config.ts';
import { cameraConfig } from '../peripherals/camera/config.ts';
import { cardConfig } from '../peripherals/card/config.ts';
import { faceScannerConfig } from '../peripherals/face-scanner/config.ts';
import { printerConfig } from '../peripherals/printer/config.ts';
import { signalsConfig } from '../peripherals/signals/config.ts';
import { publishConfig } from '../publish/config.ts';
import { receiptConfig } from '../receipt/config.ts';
import { rosterConfig } from '../roster/config.ts';

const socket = z
  .string()
  .regex(/^[\w.:+-]+$/)
  .nullable()
  .default(null)
  .describe('ID_PATH of the USB socket, as `udevadm info -q property /dev/ttyUSB0` tells it; null = none');

const stationSettings = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,31}$/)
    .default('st-demo')
    .describe('Station id: lower case letters, digits and hyphens; part of every topic'),
  language: z.enum(['th', 'en']).default('th').describe('Language that the screen returns to after each visit'),
  clock: z
    .enum(['checked', 'trusted'])
    .default('checked')
    .describe('checked = trust the clock only when the system says it is synchronised; trusted = always'),
  sockets: z
    .strictObject({ fm225: socket, panel: socket, cardReader: socket })
    .prefault({})
    .describe('Which device is behind which USB-to-serial chip; `thuengban udev` makes the rules from it'),
});

const visitSettings = z.strictObject({
  attemptsAllowed: z.int().min(1).max(3).default(3).describe('Captures at a station before people take over'),
  attemptsAtBedside: z.int().min(1).max(2).default(2).describe('Captures at a bedside before people take over'),
  attemptsPerCampaign: z
    .int()
    .min(1)
    .max(50)
    .default(9)
    .describe('Captures of one person in all visits of a campaign; a work order may say another number'),
  dignityMs: z
    .int()
    .positive()
    .default(180_000)
    .describe('At a bedside people take over after this long, whatever the attempts'),
  captureLimitMs: z.int().positive().default(20_000).describe('Then the best frame so far is used'),
  cameraLimitMs: z.int().positive().default(8_000).describe('Without a single frame by then, people take over'),
  probeSpacingMs: z.int().nonnegative().default(200).describe('Least time between two frames that are compared'),
  patienceMs: z
    .int()
    .positive()
    .default(60_000)
    .describe('Without an answer to the notice, the screen asks whether more time is needed'),
  answerMs: z.int().positive().default(30_000).describe('Without an answer to that, staff are called'),
  consentVersion: z.string().min(1).default('2026-11').describe('Version of the notice that is shown'),
});

const kioskSettings = z.strictObject({
  port: z.int().min(0).max(65_535).default(8080).describe('On 127.0.0.1 only; 0 = any free port'),
  widthMm: z.number().min(50).max(1000).default(217).describe('Width of the visible screen; all sizes follow from it'),
  audio: z
    .enum(['off', 'listen', 'speak', 'headphones'])
    .default('listen')
    .describe(
      'listen = the screen is read aloud on a tap; speak = also by itself; headphones = step by step with two keys, silent else',
    ),
  switches: z
    .enum(['off', 'auto', 'step'])
    .default('off')
    .describe(
      'For people who use a switch: auto = the choice moves on by itself; step = one switch moves, one chooses',
    ),
  switchPaceMs: z.int().min(1_000).max(10_000).default(3_000).describe('How long auto rests on each choice'),
});

const deskSettings = z.strictObject({
  idleLockMs: z
    .int()
    .min(5_000)
    .max(600_000)
    .default(60_000)
    .describe('The operators’ page locks after this long without a touch'),
});

const observeSettings = z.strictObject({
  level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Everything an agency may set. Each room owns the schema of its part; unknown keys are refused. */
export const settingsSchema = z.strictObject({
  station: stationSettings.prefault({}),
  visit: visitSettings.prefault({}),
  kiosk: kioskSettings.prefault({}),
  desk: deskSettings.prefault({}),
  card: cardConfig.prefault({}),
  camera: cameraConfig.prefault({}),
  faceScanner: faceScannerConfig.prefault({}),
  signals: signalsConfig.prefault({}),
  badge: badgeConfig.prefault({}),
  printer: printerConfig.prefault({}),
  receipt: receiptConfig.prefault({}),
  face: faceConfig.prefault({}),
  journal: journalConfig.prefault({}),
  uplink: publishConfig.prefault({}),
  orders: rosterConfig.prefault({}),
  observe: observeSettings.prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** JSON Schema of the settings file (draft 2020-12). */
export function settingsJsonSchema(): unknown {
  return z.toJSONSchema(settingsSchema, { io: 'input' });
}
