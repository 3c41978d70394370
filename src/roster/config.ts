import { z } from 'zod';

export const rosterConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('Server of the sealed work orders (`thuengban hub serve-orders`); null = by stick, file or QR code only'),
  fetchLimitMs: z.int().min(1_000).default(60_000).describe('Longest time for one work order over the network'),
  retryMaxMs: z.int().min(1_000).default(600_000).describe('Longest wait before it is tried again'),
  noteDays: z
    .int()
    .min(1)
    .default(120)
    .describe(
      'What the station remembers of a visit is forgotten after this many days; the campaign must be over by then',
    ),
});
