import { z } from 'zod';

const mounting = z
  .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
  .default(0)
  .describe('Clockwise degrees by which the picture must be turned to stand upright');

export const cameraConfig = z.strictObject({
  driver: z
    .enum(['auto', 'v4l2', 'rpicam', 'recorded', 'simulated'])
    .default('auto')
    .describe('auto = a CSI camera, then the first USB camera; in the demo the simulator when neither is there'),
  /** v4l2: `/dev/v4l/by-id/…`; recorded: a folder of photographs or a video file. */
  source: z.string().nullable().default(null).describe('Device path, or the folder or video to play'),
  turn: mounting,
  fallback: z
    .strictObject({
      driver: z.enum(['v4l2', 'rpicam', 'recorded']),
      source: z.string().nullable().default(null),
      turn: mounting,
    })
    .nullable()
    .default(null)
    .describe('A second camera that takes over while the first is at fault'),
  width: z.int().min(320).max(3840).default(1280),
  height: z.int().min(240).max(2160).default(720),
  framesPerSecond: z.int().min(1).max(60).default(15),
  exposure: z
    .strictObject({
      stops: z.number().min(-4).max(4).default(0).describe('Compensation; a face before a window wants +1'),
      metering: z.enum(['centre', 'spot', 'average']).default('centre'),
    })
    .prefault({})
    .describe('CSI cameras: what the automatic exposure aims at'),
  sensorMode: z
    .string()
    .regex(/^\d{3,5}:\d{3,5}$/)
    .nullable()
    .default(null)
    .describe(
      'CSI cameras: width:height of the sensor mode; Camera Module 3 wants 2304:1296 for its whole angle of view',
    ),
  controls: z
    .record(z.string().regex(/^[a-z0-9_]+$/), z.int())
    .default({ power_line_frequency: 1 })
    .describe(
      'USB cameras: V4L2 controls set at each start, as `v4l2-ctl --list-ctrls` names them. 1 = mains of 50 Hz; backlight_compensation for a window behind the person',
    ),
  startLimitMs: z.int().positive().default(10_000).describe('First frame must come within'),
  stallLimitMs: z.int().positive().default(3_000).describe('Next frame must come within, else the camera is restarted'),
});
export type CameraConfig = z.infer<typeof cameraConfig>;
