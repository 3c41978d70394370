import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChallengeFinding, judgeChallenge, type LightSample, type ShownLevel } from './challenge.ts';
import { type LightPattern, lengthMs, makePattern, shareAt } from './light-pattern.ts';

const SET = 0.7;

/** Light of the ring at full level over the other light, at each place. */
interface Answers {
  readonly centre: number;
  readonly rim: number;
  readonly beside: number;
  readonly room: number;
}

interface Capture {
  readonly seed: number;
  readonly answers: Answers;
  readonly lagMs: number;
  /** Of each frame's measures, independent: sensor and landmarks. */
  readonly noise: number;
  /** Slow: a head that moves. */
  readonly sway: number;
  readonly autoExposure: boolean;
  readonly fps: number;
  /** Of the skin; it must not matter. */
  readonly albedo: number;
}

const LIVING: Answers = { centre: 1, rim: 0.7, beside: 0.1, room: 0.06 };
const CALM: Omit<Capture, 'seed' | 'answers'> = {
  lagMs: 120,
  noise: 0.008,
  sway: 0.01,
  autoExposure: false,
  fps: 12,
  albedo: 0.4,
};
const times = (answers: Answers, by: number): Answers => ({
  centre: answers.centre * by,
  rim: answers.rim * by,
  beside: answers.beside * by,
  room: answers.room * by,
});

function sourceOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A capture as a camera would have seen it. @param seen pattern that the frames follow; the shown one if left out */
function play(
  { seed, answers, lagMs, noise, sway, autoExposure, fps, albedo }: Capture,
  seen?: LightPattern,
  least: number | null = null,
): ChallengeFinding {
  const random = sourceOf(seed);
  for (let n = 0; n < 20; n++) random();
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const pattern = makePattern(random);
  const shown: ShownLevel[] = [{ atMs: Number.NEGATIVE_INFINITY, level: SET }];
  for (let atMs = 0; atMs < lengthMs(pattern) + 200; atMs += 20)
    shown.push({ atMs, level: SET * shareAt(pattern, atMs) });
  const slow = { face: 0, shape: 0, beside: 0 };
  let exposure = 1;
  const samples: LightSample[] = [];
  for (let atMs = 0; atMs < lengthMs(pattern) + 200; atMs += 1000 / fps) {
    const level = SET * shareAt(seen ?? pattern, atMs - lagMs);
    for (const part of ['face', 'shape', 'beside'] as const) slow[part] = 0.8 * slow[part] + 0.6 * sway * normal();
    const lit = (answer: number, base: number, moved: number) =>
      exposure * base * (1 + answer * level) * Math.exp(moved + noise * normal());
    const { centre, rim, beside, room } = answers;
    const light = {
      face: lit((centre + rim) / 2, albedo, slow.face),
      centre: lit(centre, albedo, slow.face + slow.shape / 2),
      rim: lit(rim, albedo, slow.face - slow.shape / 2),
      beside: lit(beside, 0.3, slow.beside),
      room: lit(room, 0.3, 0),
    };
    samples.push({ atMs, light });
    if (autoExposure) exposure *= 1 + 0.12 * ((0.3 + albedo) / (light.face + light.room) - 1);
  }
  return judgeChallenge(samples, shown, least);
}

const anySeed = fc.integer({ min: 1, max: 1_000_000 });
const share = (count: number, isSo: (seed: number) => boolean) =>
  Array.from({ length: count }, (_, seed) => isSo(seed + 1)).filter(Boolean).length / count;

describe('a living face', () => {
  test('answers in ordinary light, whatever the lag, the camera, the skin', () => {
    fc.assert(
      fc.property(
        anySeed,
        fc.record({
          lagMs: fc.integer({ min: 30, max: 280 }),
          albedo: fc.double({ min: 0.04, max: 0.8, noNaN: true }),
          autoExposure: fc.boolean(),
          fps: fc.integer({ min: 9, max: 15 }),
        }),
        (seed, how) => {
          const { verdict, answer } = play({ ...CALM, ...how, seed, answers: LIVING });
          expect(verdict).not.toBe('attack');
          expect(answer).toBeGreaterThan(0.2);
        },
      ),
    );
    expect(share(100, (seed) => play({ ...CALM, seed, answers: LIVING }).verdict === 'bona-fide')).toBeGreaterThan(
      0.95,
    );
  });

  test.each([0.3, 0.1, 0.03, 0.01, 0.003, 0])(
    'is never an attack, however bright the place: %f of ordinary light',
    (by) => {
      fc.assert(
        fc.property(anySeed, (seed) => {
          expect(play({ ...CALM, seed, answers: times(LIVING, by) }).verdict).not.toBe('attack');
        }),
      );
    },
  );

  test.each<{ name: string; answers: Answers }>([
    { name: 'head on a pillow', answers: { centre: 1, rim: 0.72, beside: 0.65, room: 0.1 } },
    { name: 'dark room, the ring light alone', answers: { centre: 40, rim: 28, beside: 4, room: 2.4 } },
    { name: 'daylight on the face, a dark room behind', answers: { centre: 0.1, rim: 0.07, beside: 0.2, room: 0.25 } },
    {
      name: 'flat light: all of the face answers alike, before a far wall',
      answers: { centre: 1, rim: 1, beside: 0.1, room: 0.06 },
    },
  ])('$name: not an attack', ({ answers }) => {
    // The room behind such a face is darker than the face, or the ring light is all there is.
    const isByWindow = answers.room > answers.centre;
    fc.assert(
      fc.property(anySeed, fc.double({ min: 0.004, max: 0.02, noNaN: true }), (seed, sway) => {
        const capture = { ...CALM, sway, seed, answers, albedo: isByWindow ? 0.6 : 0.4 };
        expect(play(capture).verdict).not.toBe('attack');
      }),
    );
  });

  test('moving about makes it undecided, not an attack', () => {
    fc.assert(
      fc.property(anySeed, fc.double({ min: 0.02, max: 0.2, noNaN: true }), (seed, sway) => {
        expect(play({ ...CALM, sway, seed, answers: LIVING }).verdict).not.toBe('attack');
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is no living face', () => {
  test('a whole sheet of paper answers flat', () => {
    const sheet = { centre: 1, rim: 1, beside: 1, room: 0.06 };
    expect(share(200, (seed) => play({ ...CALM, seed, answers: sheet }).verdict === 'bona-fide')).toBeLessThan(0.03);
    expect(share(100, (seed) => play({ ...CALM, seed, answers: sheet }).reason === 'answers-flat')).toBeGreaterThan(
      0.6,
    );
  });

  test('a screen does not answer while the room behind it does', () => {
    const screen = { centre: 0.01, rim: 0.01, beside: 0.01, room: 0.12 };
    expect(
      share(
        100,
        (seed) => play({ ...CALM, noise: 0.004, sway: 0, albedo: 0.3, seed, answers: screen }).verdict === 'attack',
      ),
    ).toBeGreaterThan(0.5);
    expect(share(100, (seed) => play({ ...CALM, seed, answers: screen }).verdict === 'bona-fide')).toBe(0);
  });

  const still = { centre: 0, rim: 0, beside: 0, room: 0 };
  test('a stream that knows no pattern is undecided in an unknown place, an attack where faces are known to answer', () => {
    const quiet = { ...CALM, answers: still };
    expect(play({ ...quiet, seed: 1 }).reason).toBe('ring-not-seen');
    expect(share(100, (seed) => play({ ...quiet, seed }, undefined, 0.1).verdict === 'attack')).toBeGreaterThan(0.9);
    expect(share(100, (seed) => play({ ...quiet, seed }).verdict === 'bona-fide')).toBe(0);
  });

  test('a recording of another pattern is hardly ever taken for an answer', () => {
    const taken = share(400, (seed) => {
      const other = makePattern(sourceOf(seed + 7_777));
      return play({ ...CALM, seed, answers: LIVING }, other).verdict === 'bona-fide';
    });
    expect(taken).toBeLessThan(0.06);
  });
});

describe('what cannot be judged', () => {
  test('too few frames, or frames without the parts that are compared', () => {
    expect(play({ ...CALM, fps: 4, seed: 3, answers: LIVING })).toMatchObject({
      verdict: 'not-run',
      reason: 'too-few-frames',
    });
    expect(judgeChallenge([], [], null)).toMatchObject({ verdict: 'not-run', reason: 'too-few-frames' });
    const light = { face: 0.2, centre: 0.2, rim: 0.2, beside: 0.1, room: null };
    const samples = Array.from({ length: 30 }, (_, n) => ({ atMs: n * 80, light }));
    expect(judgeChallenge(samples, [{ atMs: 0, level: 1 }], 0.5).reason).toBe('too-few-frames');
  });

  test('a lamp that never changed', () => {
    const light = { face: 0.2, centre: 0.2, rim: 0.2, beside: 0.1, room: 0.1 };
    const samples = Array.from({ length: 30 }, (_, n) => ({ atMs: n * 80, light }));
    expect(judgeChallenge(samples, [{ atMs: 0, level: 0.7 }], 0.5).verdict).toBe('not-run');
  });

  test('figures of any kind give a verdict, never a throw', () => {
    const value = fc.option(fc.double({ min: -1, max: 2 }));
    const sample = fc.record({
      atMs: fc.double({ min: 0, max: 3_000, noNaN: true }),
      light: fc.record({ face: value, centre: value, rim: value, beside: value, room: value }),
    });
    const level = fc.record({
      atMs: fc.double({ min: -10, max: 3_000, noNaN: true }),
      level: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), fc.array(level), (samples, shown) => {
        expect(['bona-fide', 'attack', 'not-run']).toContain(judgeChallenge(samples, shown, 0.1).verdict);
      }),
    );
  });
});
