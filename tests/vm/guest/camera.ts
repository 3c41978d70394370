/** A V4L2 camera made by the kernel's vivid driver, which gives raw pictures only, as the cheapest USB cameras do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { settingsSchema } from '../../../src/config/settings.ts';
import type { CameraState } from '../../../src/peripherals/camera/port.ts';
import { openCamera } from '../../../src/station/registry.ts';
import { loadModule, soon, tell, until } from './report.ts';

const DEVICE = '/dev/video0';
const DRIVER = '/sys/bus/platform/drivers/vivid';
const SLOW = { startLimitMs: 60_000, stallLimitMs: 30_000 } as const;

loadModule('vivid', 'n_devs=1', 'node_types=0x1', 'num_inputs=1', 'input_types=0');
await until('the camera is there', () => existsSync(DEVICE));

const wanted = { driver: 'v4l2', source: DEVICE, width: 640, height: 360, ...SLOW };
const { camera } = await openCamera(settingsSchema.parse({ camera: wanted }), false);
await using owned = camera;
const states: string[] = [];
camera.onState((state) => states.push(wordFor(state)));
const stop = new AbortController();
let isPictureWhole = true;
let frames = 0;
const reading = (async () => {
  for await (const { jpeg } of owned.frames(stop.signal)) {
    frames += 1;
    const [start, end] = [Buffer.from(jpeg.subarray(0, 2)), Buffer.from(jpeg.subarray(-2))];
    isPictureWhole &&= start.equals(Buffer.from('ffd8', 'hex')) && end.equals(Buffer.from('ffd9', 'hex'));
  }
})();

async function untilFramesCome(): Promise<void> {
  const before = frames;
  await until('three more pictures', () => frames >= before + 3);
}

function wordFor(state: CameraState): string {
  return state.kind === 'faulty' ? state.code : state.kind;
}

/** What the camera went through since the last look, without doubles. */
function since(): readonly string[] {
  return states.splice(0).filter((state, index, all) => state !== all[index - 1]);
}

await untilFramesCome();
tell('captured', { states: since(), isPictureWhole });

// The driver is unbound under the stream, as an unplug does it; then the device comes back.
writeFileSync(`${DRIVER}/unbind`, 'vivid.0');
await until('the camera is missed', () => wordFor(camera.state) === 'CAMERA_MISSING');
writeFileSync(`${DRIVER}/bind`, 'vivid.0');
await untilFramesCome();
tell('replugged', { states: since(), isPictureWhole });
stop.abort();
await reading;
since();

// Another program streams from it.
const other = spawn('ffmpeg', ['-loglevel', 'error', '-f', 'v4l2', '-i', DEVICE, '-f', 'rawvideo', '-']);
other.stderr.pipe(process.stderr);
await once(other.stdout, 'data', { signal: soon() });
other.stdout.resume();
const again = new AbortController();
const readingAgain = (async () => {
  for await (const _ of owned.frames(again.signal)) frames += 1;
})();
await until('the camera is busy', () => wordFor(camera.state) === 'CAMERA_BUSY');
const gone = once(other, 'close', { signal: soon() });
other.kill('SIGKILL');
await gone;
await untilFramesCome();
tell('freed', { states: since() });
again.abort();
await readingAgain;
