import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraConfig } from '../../src/peripherals/camera/config.ts';
import { isOnPath } from '../../src/peripherals/camera/drivers/mjpeg/discover.ts';
import { MjpegCamera } from '../../src/peripherals/camera/drivers/mjpeg/mjpeg-camera.ts';
import { SimulatedCameraSource } from '../../src/peripherals/camera/drivers/mjpeg/simulated.ts';
import { faultOf, type MjpegSource } from '../../src/peripherals/camera/drivers/mjpeg/source.ts';
import { recordedSource, v4l2Source } from '../../src/peripherals/camera/drivers/mjpeg/sources.ts';
import { FallbackCamera } from '../../src/peripherals/camera/fallback-camera.ts';
import type { Camera } from '../../src/peripherals/camera/port.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { describeCamera, take, untilState } from './camera.contract.ts';

const config = cameraConfig.parse({ width: 640, height: 360 });
const limits = { turn: 0, startLimitMs: 15_000, stallLimitMs: 1_000, restartDelayMs: 20 } as const;
const open = (source: MjpegSource) => new MjpegCamera({ source, ...limits });

let folder: ReturnType<typeof tempFolder>;
beforeAll(async () => {
  folder = tempFolder();
  for (const [n, background] of ['#802020', '#208020', '#202080'].entries())
    await sharp({ create: { width: 400, height: 300, channels: 3, background } })
      .jpeg()
      .toFile(join(folder.path, `${n}.jpg`));
});
afterAll(() => folder[Symbol.dispose]());

describeCamera('simulated process', async () => open(new SimulatedCameraSource(config)));

describe.skipIf(!isOnPath('ffmpeg'))('with ffmpeg', () => {
  describeCamera('recorded folder', async () => open(recordedSource(folder.path, config)));

  test('a folder is played in a loop, fitted to the size that was asked for', async () => {
    await using camera = open(recordedSource(folder.path, config));
    const frames = await take(camera, 5);
    const { width, height } = await sharp(frames[4]?.jpeg).metadata();
    expect([width, height]).toEqual([640, 360]);
  });

  test('an unplugged USB camera is missing, whatever the exit code says', async () => {
    await using camera = open(v4l2Source('/dev/video-not-there', config));
    const missing = untilState(camera, 'faulty');
    const stop = new AbortController();
    const reading = drain(camera, stop.signal);
    expect(await missing).toMatchObject({ code: 'CAMERA_MISSING' });
    stop.abort();
    await reading;
  });
});

describe('two cameras as one', () => {
  const pair = () => {
    const [first, second] = [new SimulatedCameraSource(config), new SimulatedCameraSource(config)];
    return { first, camera: new FallbackCamera(open(first), open(second)) };
  };

  describeCamera('fall-back, first well', async () => pair().camera);
  describeCamera('fall-back, first unplugged', async () => {
    const { first, camera } = pair();
    first.set({ fault: 'unplug' });
    return camera;
  });

  test('the second takes over when the first is unplugged, and hands back', async () => {
    const { first, camera } = pair();
    await using owned = camera;
    const stop = new AbortController();
    const streaming = untilState(owned, 'streaming');
    const reading = drain(owned, stop.signal);
    await streaming;
    first.set({ fault: 'unplug' });
    await expect.poll(() => owned.name).toMatch(/instead of/);
    expect(owned.state.kind).toBe('streaming');
    first.set({ fault: 'none' });
    await expect.poll(() => owned.name).not.toMatch(/instead of/);
    stop.abort();
    await reading;
  });
});

describe('supervision', () => {
  test.each([
    { fault: 'unplug', code: 'CAMERA_MISSING' },
    { fault: 'busy', code: 'CAMERA_BUSY' },
    { fault: 'crash', code: 'CAMERA_CRASHED' },
    { fault: 'stall', code: 'CAMERA_STALLED' },
  ] as const)('$fault is told as $code, and the frames go on once it is over', async ({ fault, code }) => {
    const source = new SimulatedCameraSource(config);
    await using camera = open(source);
    const stop = new AbortController();
    const streaming = untilState(camera, 'streaming');
    const reading = drain(camera, stop.signal);
    await streaming;
    const broken = untilState(camera, 'faulty');
    source.set({ fault });
    expect(await broken).toMatchObject({ code });
    const back = untilState(camera, 'streaming');
    source.set({ fault: 'none' });
    await back;
    stop.abort();
    await reading;
  });

  test('a program that is not installed is named as such', async () => {
    await using camera = open({
      name: 'none',
      command: () => ({ file: 'no-such-camera-program', args: [] }),
      device: () => null,
      started: () => undefined,
      ended: () => false,
    });
    const broken = untilState(camera, 'faulty');
    const stop = new AbortController();
    const reading = drain(camera, stop.signal);
    expect(await broken).toMatchObject({ code: 'CAMERA_PROGRAM_MISSING' });
    stop.abort();
    await reading;
  });

  test('a camera without MJPEG is asked for raw pictures at once, and no fault is told', async () => {
    const real = v4l2Source('/dev/video0', config);
    const simulated = new SimulatedCameraSource(config);
    const asked: (readonly string[])[] = [];
    await using camera = open({
      ...real,
      command: () => {
        asked.push(real.command().args);
        const refusal = 'echo "Cannot find a proper format for codec \'mjpeg\' (id 7)" >&2';
        return asked.length === 1 ? { file: 'sh', args: ['-c', refusal] } : simulated.command();
      },
      started: (child) => asked.length > 1 && simulated.started(child),
    });
    const kinds: string[] = [];
    camera.onState(({ kind }) => kinds.push(kind));
    await take(camera, 1);
    expect(asked.map((args) => args.includes('mjpeg') && args.includes('copy'))).toEqual([true, false]);
    expect(kinds).not.toContain('faulty');
    // The next one that is plugged in may have it.
    expect(real.ended('/dev/video0: No such device')).toBe(false);
    expect(real.command().args).toContain('copy');
  });

  test.each([
    ['[video4linux2] Cannot open video device: No such device', 'CAMERA_MISSING'],
    ['/dev/video0: Device or resource busy', 'CAMERA_BUSY'],
    ['ERROR: *** no cameras available ***', 'CAMERA_MISSING'],
    ['failed to acquire camera', 'CAMERA_BUSY'],
    ['ioctl(VIDIOC_S_FMT): Device or resource busy\nCannot find a proper format', 'CAMERA_BUSY'],
    ['', 'CAMERA_CRASHED'],
  ])('%j means %s', (stderr, code) => expect(faultOf(stderr)).toBe(code));
});

async function drain(camera: Camera, signal: AbortSignal): Promise<void> {
  for await (const _frame of camera.frames(signal));
}
