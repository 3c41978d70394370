/** The simulated camera's process: JPEG frames on standard output, scenes in over IPC. Started by `simulated.ts`. */
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { SceneCommand } from './simulated.ts';

const [width = 1280, height = 720, framesPerSecond = 15] = process.argv.slice(2).map(Number);
const SENSOR_NOISE = { type: 'gaussian', mean: 120, sigma: 6 } as const;

let frames: readonly Buffer[] = [];
let next = 0;
let isStalled = false;

/** A wall in even light, with the sensor's noise: something a detector must find no face in. */
const emptyRoom = await sharp({ create: { width, height, channels: 3, background: '#777', noise: SENSOR_NOISE } })
  .jpeg({ quality: 85 })
  .toBuffer();

function leave(complaint: string): never {
  writeSync(2, `${complaint}\n`);
  process.exit(0);
}

process.on('message', ({ folder, fault }: SceneCommand) => {
  if (fault === 'unplug') leave('/dev/video0: No such device');
  if (fault === 'busy') leave('/dev/video0: Device or resource busy');
  if (fault === 'crash') process.kill(process.pid, 'SIGKILL');
  isStalled = fault === 'stall';
  const names = folder === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.jpg'));
  frames = folder === null ? [emptyRoom] : names.sort().map((name) => readFileSync(join(folder, name)));
  next = 0;
});
process.on('disconnect', () => process.exit(0));

setInterval(() => {
  const frame = frames[next % frames.length];
  next += 1;
  // A reader that is behind misses frames, as with a real camera.
  if (frame && !isStalled && !process.stdout.writableNeedDrain) process.stdout.write(frame);
}, 1000 / framesPerSecond);
