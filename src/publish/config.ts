import { z } from 'zod';

const file = (says: string) => z.string().nullable().default(null).describe(says);

export const publishConfig = z.strictObject({
  /** `mqtt://host:1883` or `mqtts://…`; `null` = stay offline and keep everything. */
  url: z
    .url({ protocol: /^mqtts?$/ })
    .nullable()
    .default(null)
    .describe('Broker, mqtt:// or mqtts:// (TLS 1.3)'),
  username: z.string().nullable().default(null),
  /** File that holds the password, mode 0600; never the password itself. */
  passwordFile: file('File with the password (mode 0600)'),
  tls: z
    .strictObject({
      caFile: file("PEM of the authority that signed the broker's certificate; null = the system's authorities"),
      certFile: file("PEM of the station's certificate; its common name is the station id"),
      keyFile: file("PEM of the station's private TLS key (mode 0600)"),
    })
    .prefault({})
    .describe('For mqtts://; files are read anew at each connection, so that a new certificate needs no restart'),
  window: z.int().min(1).max(1000).default(20).describe('Events on the way at once; never more than the broker allows'),
  replayPerSecond: z
    .number()
    .positive()
    .default(10)
    .describe("Events a second of what waited, or is sent again; the server's rateHint goes before it"),
  acknowledgementWaitMs: z
    .int()
    .positive()
    .default(1_000)
    .describe('On connecting, wait this long for the retained acknowledgement'),
  resendAfterMs: z
    .int()
    .positive()
    .default(60_000)
    .describe('Without progress for half to all of this time, the oldest unsettled events are sent again'),
  infoEveryMs: z.int().positive().default(5_000).describe('Least time between two info messages'),
  healthEveryMs: z.int().positive().default(60_000).describe('Time between two health messages'),
  connectLimitMs: z.int().positive().default(10_000).describe('Longest time that one dial may take'),
  backOffMinMs: z.int().positive().default(1_000).describe('Longest first wait between two dials; it doubles'),
  backOffMaxMs: z.int().positive().default(120_000).describe('Longest wait between two dials'),
  keepAliveS: z.int().min(5).max(600).default(30).describe('Silence after which a dead link is noticed'),
  willDelayS: z
    .int()
    .min(0)
    .max(3_600)
    .default(75)
    .describe('The broker says "lost" only after this time: a short gap tells nobody'),
  sessionExpiryS: z
    .int()
    .min(0)
    .max(604_800)
    .default(86_400)
    .describe('How long the broker keeps commands for a station that is away'),
});
export type PublishConfig = z.infer<typeof publishConfig>;
