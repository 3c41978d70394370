import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StationFault } from '../../../../shared/fault.ts';
import type { CameraConfig } from '../../config.ts';
import { deviceIdentity } from './device-identity.ts';
import type { MjpegSource } from './source.ts';

const FFMPEG = ['-hide_banner', '-loglevel', 'error', '-nostdin'];
const nothing = () => undefined;
const never = () => false;
const nobody = () => null;
const CONTROL_LIMIT_MS = 2_000;

/** ffmpeg's word for a camera that has no MJPEG to give. */
const NO_SUCH_FORMAT = /Cannot find a proper format/;

/**
 * A USB camera. One that compresses by itself is only copied; cheap ones that give raw pictures alone (YUYV) are
 * compressed here, at the cost of part of a core.
 */
export function v4l2Source(device: string, config: CameraConfig): MjpegSource {
  const size = ['-video_size', `${config.width}x${config.height}`, '-framerate', `${config.framesPerSecond}`];
  let isRaw = false;
  return {
    name: device,
    command: () => {
      const [format, coding] = isRaw
        ? [[], ['-c', 'mjpeg', '-q:v', '4']]
        : [
            ['-input_format', 'mjpeg'],
            ['-c', 'copy'],
          ];
      return {
        file: 'ffmpeg',
        args: [...FFMPEG, '-f', 'v4l2', ...format, ...size, '-i', device, ...coding, '-f', 'mjpeg', '-'],
      };
    },
    device: () => deviceIdentity(device),
    started: () => setControls(device, config.controls),
    ended: (stderr) => {
      const wasRaw = isRaw;
      // Whatever else ended it, the next camera at this place may be a better one: MJPEG is asked for first.
      isRaw = !wasRaw && NO_SUCH_FORMAT.test(stderr);
      return isRaw;
    },
  };
}

/** Each by itself: a control that this camera does not have keeps no other from being set. */
function setControls(device: string, controls: CameraConfig['controls']): void {
  for (const [name, value] of Object.entries(controls))
    execFile('v4l2-ctl', ['-d', device, '--set-ctrl', `${name}=${value}`], { timeout: CONTROL_LIMIT_MS }, nothing);
}

/** A CSI camera on a Raspberry Pi, by the system's own program (options: rpicam-apps documentation). */
export function rpicamSource(config: CameraConfig): MjpegSource {
  const { width, height, framesPerSecond, sensorMode, exposure } = config;
  const picture = ['--width', `${width}`, '--height', `${height}`, '--framerate', `${framesPerSecond}`];
  const mode = sensorMode === null ? [] : ['--mode', sensorMode];
  const light = ['--ev', `${exposure.stops}`, '--metering', exposure.metering];
  return {
    name: 'rpicam',
    command: () => ({
      file: 'rpicam-vid',
      // --flush: each frame at once, not when a buffer is full.
      args: ['-t', '0', '--codec', 'mjpeg', ...picture, ...mode, ...light, '--flush', '-n', '-o', '-'],
    }),
    device: nobody,
    started: nothing,
    ended: never,
  };
}

/** Photographs (a folder of .jpg) or a video, played in a loop at their own pace as if a camera sent them. */
export function recordedSource(path: string, config: CameraConfig): MjpegSource {
  const { width, height } = config;
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
  const rate = `${config.framesPerSecond}`;
  return {
    name: `recorded:${path}`,
    command: () => {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (!stat) throw new StationFault('CAMERA_MISSING', path, 'nothing to play: no such folder or video');
      const input = stat.isDirectory()
        ? ['-framerate', rate, '-pattern_type', 'glob', '-i', join(path, '*.jpg')]
        : ['-i', path];
      return {
        file: 'ffmpeg',
        args: [
          ...FFMPEG,
          '-re',
          '-stream_loop',
          '-1',
          ...input,
          '-vf',
          fit,
          '-r',
          rate,
          '-q:v',
          '4',
          '-f',
          'mjpeg',
          '-',
        ],
      };
    },
    device: nobody,
    started: nothing,
    ended: never,
  };
}
