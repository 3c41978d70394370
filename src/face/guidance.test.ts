import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HintId } from '../visit/types.ts';
import { ASK_FOR_MS, hintFor, NO_HINT, Patience, settleHint } from './guidance.ts';
import type { FaceLight, FaceQuality } from './port.ts';

const GOOD: FaceQuality = {
  faceCount: 1,
  box: { x: 0.35, y: 0.25, width: 0.3, height: 0.5 },
  interEyePx: 100,
  rollDegrees: 0,
  turn: 0,
  sharpness: 120,
  brightness: 130,
  evenness: 0.9,
  eyesOpen: undefined,
  templateLength: undefined,
};

test.each<{ name: string; quality: Partial<FaceQuality>; hint: HintId | null }>([
  { name: 'a good frame', quality: {}, hint: null },
  { name: 'lying down', quality: { rollDegrees: 90 }, hint: null },
  { name: 'two people', quality: { faceCount: 2, brightness: 10 }, hint: 'one-person' },
  { name: 'dark and far', quality: { brightness: 30, interEyePx: 20 }, hint: 'more-light' },
  { name: 'glaring', quality: { brightness: 240 }, hint: 'less-light' },
  { name: 'far and blurred', quality: { interEyePx: 30, sharpness: 5 }, hint: 'come-closer' },
  { name: 'too near', quality: { box: { x: 0.1, y: 0, width: 0.8, height: 1 } }, hint: 'move-back' },
  { name: 'at the edge', quality: { box: { x: 0, y: 0.25, width: 0.3, height: 0.5 } }, hint: 'to-the-middle' },
  { name: 'lit from one side', quality: { evenness: 0.2 }, hint: 'more-light' },
  {
    name: 'low in the picture, in a wheelchair',
    quality: { box: { x: 0.35, y: 0.6, width: 0.2, height: 0.35 } },
    hint: null,
  },
  { name: 'both eyes closed', quality: { eyesOpen: 0.02 }, hint: 'open-eyes' },
  { name: 'one eye open', quality: { eyesOpen: 0.6 }, hint: null },
  { name: 'looking aside', quality: { turn: -0.4 }, hint: 'look-straight' },
  { name: 'moving', quality: { sharpness: 10 }, hint: 'hold-still' },
])('$name: $hint', ({ quality, hint }) => {
  expect(hintFor({ ...GOOD, ...quality })).toBe(hint);
});

const LIT: FaceLight = { face: 0.1, centre: 0.1, rim: 0.1, beside: 0.5, room: 0.6 };

test.each<{ name: string; quality: Partial<FaceQuality>; light: Partial<FaceLight>; hint: HintId | null }>([
  { name: 'dark before a bright window', quality: { brightness: 40 }, light: {}, hint: 'turn-from-light' },
  { name: 'dark in a dark room', quality: { brightness: 40 }, light: { room: 0.1 }, hint: 'more-light' },
  { name: 'light before a bright window', quality: { brightness: 120 }, light: {}, hint: null },
  { name: 'dark, the room not in the picture', quality: { brightness: 40 }, light: { room: null }, hint: 'more-light' },
])('$name: $hint', ({ quality, light, hint }) => {
  expect(hintFor({ ...GOOD, ...quality }, { ...LIT, ...light })).toBe(hint);
});

describe('patience', () => {
  test('what not everybody can do is asked for a while, then let go for good', () => {
    const patience = new Patience();
    expect(patience.heed('open-eyes', 1_000)).toBe('open-eyes');
    expect(patience.heed(null, 2_000)).toBeNull();
    expect(patience.heed('open-eyes', 1_000 + ASK_FOR_MS - 1)).toBe('open-eyes');
    expect(patience.heed('open-eyes', 1_000 + ASK_FOR_MS)).toBeNull();
    expect(patience.heed('look-straight', 1_000 + ASK_FOR_MS)).toBe('look-straight');
  });

  test('a second person is never let go', () => {
    const patience = new Patience();
    expect(patience.heed('one-person', 0)).toBe('one-person');
    expect(patience.heed('one-person', 60_000)).toBe('one-person');
  });
});

describe('hysteresis', () => {
  const follow = (frames: readonly (readonly [number, HintId | null])[]) =>
    frames.reduce((state, [atMs, hint]) => settleHint(state, hint, atMs), NO_HINT);

  test('one odd frame says nothing', () => {
    expect(
      follow([
        [0, 'more-light'],
        [70, null],
        [140, 'more-light'],
        [210, null],
      ]).shown,
    ).toBeNull();
  });

  test('a lasting finding is told', () => {
    expect(
      follow([
        [0, 'come-closer'],
        [200, 'come-closer'],
        [400, 'come-closer'],
      ]).shown,
    ).toBe('come-closer');
  });

  test('a sentence is heard to its end before the next one', () => {
    const told = follow([
      [0, 'come-closer'],
      [400, 'come-closer'],
      [500, 'hold-still'],
      [1_800, 'hold-still'],
    ]);
    expect(told.shown).toBe('come-closer');
    expect(settleHint(told, 'hold-still', 1_900).shown).toBe('hold-still');
  });

  test('no hint changes twice within the time it takes to hear it', () => {
    const hint = fc.constantFrom<HintId | null>('come-closer', 'hold-still', null);
    fc.assert(
      fc.property(fc.array(hint, { minLength: 5, maxLength: 80 }), (hints) => {
        let state = NO_HINT;
        let toldAt = Number.NEGATIVE_INFINITY;
        hints.forEach((next, index) => {
          const atMs = index * 100;
          const before = state.shown;
          state = settleHint(state, next, atMs);
          if (state.shown === before) return;
          if (before !== null) expect(atMs - toldAt).toBeGreaterThanOrEqual(1_500);
          toldAt = atMs;
        });
      }),
    );
  });
});
