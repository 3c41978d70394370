import { z } from 'zod';

export const publishConfig = z.strictObject({
  /** `mqtt://host:1883` or `mqtts://…`; `null` = stay offline and keep everything. */
  url: z
    .url({ protocol: /^mqtts?$/ })
    .nullable()
    .default(null)
    .describe('Broker, mqtt:// or mqtts://'),
  username: z.string().nullable().default(null),
  /** File that holds the password, mode 0600; never the password itself. */
  passwordFile: z.string().nullable().default(null).describe('File with the password (mode 0600)'),
  window: z.int().min(1).max(1000).default(20).describe('Events on the way at once'),
  replayPerSecond: z.number().positive().default(10).describe('Events a second after a reconnection'),
  acknowledgementWaitMs: z
    .int()
    .positive()
    .default(1_000)
    .describe('On connecting, wait this long for the retained acknowledgement'),
  resendAfterMs: z.int().positive().default(60_000).describe('Send again when the server has not acknowledged by then'),
  infoEveryMs: z.int().positive().default(5_000).describe('Least time between two info messages'),
  backOffMaxMs: z.int().positive().default(120_000).describe('Longest wait between two dials'),
});
export type PublishConfig = z.infer<typeof publishConfig>;
