import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScannerBox, ScannerVerdict } from './port.ts';
import { boxInPicture, isInWindow, joinWindows, LEAST_OVERLAP, overlap, verdictOver } from './verdict-window.ts';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const anyBox: fc.Arbitrary<ScannerBox> = fc.record({ x: part, y: part, width: part, height: part });
const anyVerdict: fc.Arbitrary<ScannerVerdict> = fc.record({
  kind: fc.constantFrom('bona-fide', 'attack', 'no-face', 'not-run'),
  startMs: fc.integer({ min: 0, max: 1_000 }),
  endMs: fc.integer({ min: 0, max: 2_000 }),
  box: fc.option(anyBox),
  detail: fc.constant(''),
});
const anyFrame = fc.record({ atMs: fc.integer({ min: 0, max: 2_000 }), box: anyBox });

test('bona fide is only said when every compared frame was judged bona fide, at its time and in its place', () => {
  fc.assert(
    fc.property(fc.array(anyVerdict), fc.array(anyFrame), (verdicts, frames) => {
      if (verdictOver(verdicts, frames) !== 'bona-fide') return;
      expect(verdicts.some(({ kind }) => kind === 'attack')).toBe(false);
      expect(frames.length).toBeGreaterThan(0);
      for (const frame of frames) {
        const covering = verdicts.filter(
          ({ kind, startMs, endMs, box }) =>
            kind === 'bona-fide' &&
            startMs <= frame.atMs &&
            frame.atMs <= endMs &&
            (box === null || overlap(box, frame.box) >= LEAST_OVERLAP),
        );
        expect(covering.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('one attack is an attack, whatever else was said', () => {
  fc.assert(
    fc.property(fc.array(anyVerdict), fc.array(anyFrame), (verdicts, frames) => {
      const attacks = verdicts.some(({ kind }) => kind === 'attack');
      expect(verdictOver(verdicts, frames) === 'attack').toBe(attacks);
    }),
  );
});

test('a frame outside the window, or of a face elsewhere, takes the verdict away', () => {
  const box = { x: 0.4, y: 0.2, width: 0.2, height: 0.4 };
  const verdict: ScannerVerdict = { kind: 'bona-fide', startMs: 100, endMs: 900, box, detail: '' };
  const nudged = { ...box, x: 0.43 };
  expect(
    verdictOver(
      [verdict],
      [
        { atMs: 100, box },
        { atMs: 900, box: nudged },
      ],
    ),
  ).toBe('bona-fide');
  expect(verdictOver([verdict], [{ atMs: 99, box }])).toBe('not-run');
  expect(verdictOver([verdict], [{ atMs: 901, box }])).toBe('not-run');
  expect(verdictOver([verdict], [{ atMs: 500, box: { ...box, x: 0.7 } }])).toBe('not-run');
  expect(verdictOver([verdict], [{ atMs: Number.NaN, box }])).toBe('not-run');
  expect(isInWindow({ ...verdict, box: null }, { atMs: 500, box: { ...box, x: 0.7 } })).toBe(true);
  expect(verdictOver([verdict], [])).toBe('not-run');
  expect(verdictOver([], [{ atMs: 1, box }])).toBe('not-run');
});

test('the moment between two bona fide judgements of a series is covered, a break or another verdict is not', () => {
  const box = { x: 0.4, y: 0.2, width: 0.2, height: 0.4 };
  const at = (kind: ScannerVerdict['kind'], startMs: number, endMs: number) => ({
    kind,
    startMs,
    endMs,
    box,
    detail: '',
  });
  const frames = [{ atMs: 110, box }];
  expect(verdictOver(joinWindows([at('bona-fide', 0, 100), at('bona-fide', 120, 200)]), frames)).toBe('bona-fide');
  expect(verdictOver(joinWindows([at('bona-fide', 0, 100), at('bona-fide', 300, 400)]), frames)).toBe('not-run');
  expect(verdictOver(joinWindows([at('no-face', 0, 100), at('bona-fide', 120, 200)]), frames)).toBe('not-run');
  expect(verdictOver(joinWindows([at('bona-fide', 0, 100), at('not-run', 120, 200)]), frames)).toBe('not-run');
});

test('overlap is symmetric, between 0 and 1, and 1 with itself', () => {
  fc.assert(
    fc.property(anyBox, anyBox, (one, other) => {
      const value = overlap(one, other);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(overlap(other, one)).toBeCloseTo(value, 12);
      if (one.width > 0.001 && one.height > 0.001) expect(overlap(one, one)).toBeCloseTo(1, 6);
    }),
  );
  expect(overlap({ x: Number.NaN, y: 0, width: 1, height: 1 }, { x: 0, y: 0, width: 1, height: 1 })).toBe(0);
});

test('a box in pixels becomes parts of the picture, or nothing', () => {
  const picture = { width: 1_000, height: 500 };
  expect(boxInPicture({ left: 100, top: 100, right: 300, bottom: 300 }, picture)).toEqual({
    x: 0.1,
    y: 0.2,
    width: 0.2,
    height: 0.4,
  });
  expect(boxInPicture({ left: 0, top: 0, right: 0, bottom: 0 }, picture)).toBeNull();
  expect(boxInPicture({ left: -1, top: 0, right: 10, bottom: 10 }, picture)).toBeNull();
  expect(boxInPicture({ left: 0, top: 0, right: 1_001, bottom: 10 }, picture)).toBeNull();
  expect(boxInPicture({ left: 0, top: 0, right: 10, bottom: 10 }, null)).toBeNull();
});
