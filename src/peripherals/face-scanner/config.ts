import { z } from 'zod';

/** The face-scanner room's part of the settings. */
export const faceScannerConfig = z.strictObject({
  driver: z
    .enum(['off', 'fm225', 'realsense-id', 'simulated'])
    .default('off')
    .describe('off = no module. A module that is named here has a veto: no verdict of it, no verified visit'),
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Serial device; null = found by its name in /dev/serial/by-id'),
  lens: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "Part of the name, in /dev/v4l/by-id, of the module's own camera: with camera.driver auto it is the station's camera, so that the frame which is compared comes from the lens that judged it. null = another camera is meant",
    ),
  picture: z
    .strictObject({ width: z.int().positive(), height: z.int().positive() })
    .nullable()
    .default(null)
    .describe(
      "Size, in pixels, of the module's own picture when the station's camera is that very lens: then the face must be in the same place. null = another lens: only the time is compared",
    ),
  judgeLimitMs: z.int().min(1_000).max(30_000).default(8_000).describe('Longest wait for one verdict of the module'),
  powerDownAfterMs: z
    .int()
    .min(1_000)
    .nullable()
    .default(null)
    .describe('Sends the module to sleep after this time without work; null = never. Only where it can wake by itself'),
  secure: z
    .strictObject({
      hostKeyFile: z.string().min(1).describe('PEM file of the P-256 key that was paired with the module'),
      deviceKey: z
        .string()
        .regex(/^[0-9a-f]{128}$/)
        .describe("The module's P-256 public key, X then Y, as 128 hexadecimal digits"),
    })
    .nullable()
    .default(null)
    .describe('realsense-id with secure firmware: keys of the encrypted session; null = plain session'),
});
