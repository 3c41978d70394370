import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StreamWatch } from './stream.ts';

const ORIGIN = { camera: 'front', device: 'usb-1' } as const;

/** A JPEG of nothing: a comment, quantisation, frame header of this width, and these bytes as its scan. */
function jpeg(scan: readonly number[], { width = 1280, comment = 0, table = 16 } = {}): Uint8Array {
  return Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xfe, 0, 3, comment, 0xff, 0xdb, 0, 3, table],
    ...[0xff, 0xc0, 0, 11, 8, 2, 0xd0, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, ...scan, 0xff, 0xd9],
  );
}

function reasonOf(frames: readonly Uint8Array[], origins: readonly { camera: string; device: string | null }[] = []) {
  const watch = new StreamWatch();
  frames.forEach((frame, at) => {
    watch.add({ jpeg: frame, origin: origins[at] ?? ORIGIN });
  });
  return watch.finding().reason;
}

describe('stream of frames', () => {
  test('pictures that differ are well', () => {
    expect(reasonOf([1, 2, 3, 4].map((n) => jpeg([n])))).toBe('well');
  });

  test('fewer than three say nothing, and nothing is verified without it', () => {
    const watch = new StreamWatch();
    watch.add({ jpeg: jpeg([1]), origin: ORIGIN });
    watch.add({ jpeg: jpeg([2]), origin: ORIGIN });
    expect(watch.hasEnough).toBe(false);
    expect(watch.finding()).toMatchObject({ reason: 'too-few-frames', part: { verdict: 'not-run', isRequired: true } });
  });

  test('a picture that comes back after another is a recording, also with another comment or time in its header', () => {
    expect(reasonOf([jpeg([1]), jpeg([2]), jpeg([1])])).toBe('frame-came-back');
    expect(reasonOf([jpeg([1]), jpeg([2]), jpeg([1], { comment: 9 })])).toBe('frame-came-back');
  });

  test('a driver may hand out a frame twice after a stall; one picture all the time is none', () => {
    expect(reasonOf([jpeg([1]), jpeg([2]), jpeg([2]), jpeg([3])])).toBe('well');
    expect(reasonOf([jpeg([1]), jpeg([1]), jpeg([1]), jpeg([1])])).toBe('frozen');
  });

  test('another size under the same name is another camera; other quantisation is a camera that keeps its rate', () => {
    expect(reasonOf([jpeg([1]), jpeg([2]), jpeg([3], { width: 640 })])).toBe('camera-swapped');
    expect(reasonOf([jpeg([1]), jpeg([2], { table: 30 }), jpeg([3])])).toBe('well');
  });

  test('another device in the same place is a swap; a second camera that takes over is not', () => {
    const frames = [1, 2, 3, 4].map((n) => jpeg([n]));
    const other = { camera: 'front', device: 'usb-2' };
    const second = { camera: 'second', device: 'usb-3' };
    expect(reasonOf(frames, [ORIGIN, ORIGIN, other, other])).toBe('camera-swapped');
    expect(reasonOf(frames, [ORIGIN, ORIGIN, second, second])).toBe('well');
    expect(reasonOf(frames, [ORIGIN, second, other, other])).toBe('camera-swapped');
  });

  test('a face without noise: most frames, and not only one or two', () => {
    const watched = (shares: readonly (number | null)[]) => {
      const watch = new StreamWatch();
      shares.forEach((share, n) => {
        watch.add({ jpeg: jpeg([n]), origin: ORIGIN });
        watch.addSameness(share);
      });
      return watch.finding().reason;
    };
    expect(watched([null, 1, 1, 1, 1])).toBe('no-noise');
    expect(watched([null, 1, 1])).toBe('well');
    expect(watched([null, 0.4, 0.5, 0.6, 0.4, 0.5])).toBe('well');
    expect(watched([null, 1, 0, 0, 1, 0, 1, 0, 0])).toBe('well');
  });

  test('any bytes give a finding, and pictures that all differ are never an attack', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 0xfe }), { minLength: 3 }), (scans) => {
        expect(reasonOf(scans.map((scan) => jpeg([scan])))).toBe('well');
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (frames) => {
        expect(typeof reasonOf(frames)).toBe('string');
      }),
    );
  });
});
