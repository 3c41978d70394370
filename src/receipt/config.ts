import { z } from 'zod';

/** The receipt room's part of the settings. */
export const receiptConfig = z.strictObject({
  verifyUrl: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !url.includes('#'), 'nothing may follow a #: the receipt stands there')
    .nullable()
    .default(null)
    .describe(
      'Page that checks receipts (docs/verify): then the QR on a receipt opens it on any phone. Each character makes the QR denser. null = the QR holds the receipt alone',
    ),
});
