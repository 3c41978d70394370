import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Camera, CameraState, Frame } from '../../src/peripherals/camera/port.ts';

const LIMIT_MS = 20_000;

/** What every camera must do. `make` opens one that is not yet on. */
export function describeCamera(name: string, make: () => Promise<Camera>): void {
  describe(`camera contract: ${name}`, () => {
    test('sends whole pictures, numbered, and goes off when nobody looks', async () => {
      await using camera = await make();
      expect(camera.state.kind).toBe('off');
      const frames = await take(camera, 3);
      expect(frames.map(({ seq }) => seq)).toEqual([...frames.map(({ seq }) => seq)].sort((a, b) => a - b));
      const facts = await sharp(frames[0]?.jpeg).metadata();
      expect(facts.format).toBe('jpeg');
      expect(facts.width).toBeGreaterThanOrEqual(320);
      expect(camera.state.kind).toBe('off');
    });

    test('the latest frame wins: a slow reader skips, and never gets an old one', async () => {
      await using camera = await make();
      const seen: number[] = [];
      for await (const frame of camera.frames(AbortSignal.timeout(LIMIT_MS))) {
        seen.push(frame.seq);
        if (seen.length === 3) break;
        // Looks away until three more have come.
        await untilSeq(camera, frame.seq + 3);
      }
      expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(3);
      expect((seen[2] ?? 0) - (seen[1] ?? 0)).toBeGreaterThanOrEqual(3);
    });

    test('can be turned on again, and two may look at once', async () => {
      await using camera = await make();
      await take(camera, 1);
      const [one, other] = await Promise.all([take(camera, 2), take(camera, 2)]);
      expect(one).toHaveLength(2);
      expect(other).toHaveLength(2);
    });

    test('an abort ends the frames quietly', async () => {
      await using camera = await make();
      const stop = new AbortController();
      let frames = 0;
      for await (const _frame of camera.frames(stop.signal)) {
        frames += 1;
        stop.abort();
      }
      expect(frames).toBe(1);
      expect(camera.state.kind).toBe('off');
    });
  });
}

/** The next `count` frames. */
export async function take(camera: Camera, count: number): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of camera.frames(AbortSignal.timeout(LIMIT_MS))) {
    frames.push(frame);
    if (frames.length === count) break;
  }
  expect(frames).toHaveLength(count);
  return frames;
}

async function untilSeq(camera: Camera, seq: number): Promise<void> {
  for await (const frame of camera.frames(AbortSignal.timeout(LIMIT_MS))) if (frame.seq >= seq) return;
}

/** Resolves with the first state of this kind. */
export function untilState(camera: Camera, kind: CameraState['kind']): Promise<CameraState> {
  const { promise, resolve, reject } = Promise.withResolvers<CameraState>();
  const timer = setTimeout(() => reject(new Error(`never ${kind}`)), LIMIT_MS);
  const stop = camera.onState((state) => {
    if (state.kind !== kind) return;
    clearTimeout(timer);
    stop();
    resolve(state);
  });
  return promise;
}
