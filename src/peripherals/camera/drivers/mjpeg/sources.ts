import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StationFault } from '../../../../shared/fault.ts';
import type { CameraConfig } from '../../config.ts';
import type { MjpegSource } from './source.ts';

const FFMPEG = ['-hide_banner', '-loglevel', 'error', '-nostdin'];
const nothing = () => undefined;
const CONTROL_LIMIT_MS = 2_000;

/** A USB camera that compresses by itself; ffmpeg only copies. */
export function v4l2Source(device: string, config: CameraConfig): MjpegSource {
  const size = `${config.width}x${config.height}`;
  const input = [
    '-f',
    'v4l2',
    '-input_format',
    'mjpeg',
    '-video_size',
    size,
    '-framerate',
    `${config.framesPerSecond}`,
  ];
  return {
    name: device,
    command: () => ({
      file: 'ffmpeg',
      args: [...FFMPEG, ...input, '-i', device, '-c', 'copy', '-f', 'mjpeg', '-'],
    }),
    started: () => setControls(device, config.controls),
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
    started: nothing,
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
    started: nothing,
  };
}
