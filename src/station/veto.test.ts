import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLICY } from '../../tests/fixtures/visit.ts';
import { learnLight, noLight, type OwnLight } from '../face/attack/photometry.ts';
import { ARCFACE_112 } from '../face/landmarks.ts';
import type { FaceCues, FaceEngine, Template } from '../face/port.ts';
import { judge } from '../visit/decide.ts';
import { step } from '../visit/step.ts';
import type { AttackPart, AttackVerdict, CardValidity } from '../visit/types.ts';
import type { OpenVisit } from '../visit/visit.ts';
import type { Probe } from './best-probes.ts';
import { compare } from './comparison.ts';

const anyNumber = fc.oneof(
  fc.double({ min: -30, max: 30, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 8.1),
);
/** Probes among which every kind turns up: the card's picture, other pictures, none; its own person, others. */
const GOOD = { likeness: 0.9, picture: 'other', attackScore: 12, strange: false, grid: 2.2 } as const;
const anyProbe = fc.record({
  likeness: fc.double({ min: -1, max: 1, noNaN: true }),
  picture: fc.constantFrom('card', 'other', 'other', 'blank', 'none'),
  attackScore: fc.option(fc.oneof(anyNumber, fc.double({ min: 8, max: 30, noNaN: true })), { nil: undefined }),
  strange: fc.boolean(),
  grid: fc.oneof(fc.double({ min: 0, max: 6, noNaN: true }), fc.constantFrom(0, 2.5, Number.NaN)),
});
const probe = fc.oneof({ weight: 4, arbitrary: fc.constant(GOOD) }, { weight: 1, arbitrary: anyProbe });
const part: fc.Arbitrary<AttackPart> = fc.record({
  id: fc.constantFrom('module', 'stream', 'challenge'),
  verdict: fc.constantFrom<AttackVerdict>('bona-fide', 'bona-fide', 'attack', 'not-run'),
  score: fc.option(anyNumber),
  isRequired: fc.boolean(),
});
const thresholds = fc.record({
  match: fc.double({ min: -1, max: 1, noNaN: true }),
  review: fc.double({ min: -1, max: 1, noNaN: true }),
  attack: fc.oneof(fc.constant(8.1), anyNumber),
  fmrAtMatch: fc.double({ min: 0, max: 1, noNaN: true }),
});
const input = fc.record({
  probes: fc.array(probe, { minLength: 1, maxLength: 3 }),
  parts: fc.array(part, { maxLength: 3 }),
  thresholds,
  attempt: fc.integer({ min: 1, max: 5 }),
  attemptsAllowed: fc.integer({ min: 1, max: 5 }),
  cardYears: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  validity: fc.constantFrom<CardValidity>('valid', 'expired', 'unchecked'),
  knowsLight: fc.boolean(),
  hasReferencePatch: fc.constantFrom(true, true, true, false),
});
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

const PATCHES = { card: noise(1), other: noise(2), blank: new Uint8Array(112 * 112) } as const;
const USUAL: FaceCues = {
  blown: 0.01,
  contrast: 40,
  saturation: 0.4,
  cast: -0.3,
  black: 30,
  glare: 0,
  sharper: 0.5,
  grid: 2,
};
const KNOWN: OwnLight = Array.from({ length: 40 }).reduce<OwnLight>(
  (own) => learnLight(own, [USUAL]),
  noLight('camera'),
);

function noise(seed: number): Uint8Array {
  return Uint8Array.from({ length: 112 * 112 }, (_, at) => {
    const [x, y] = [at % 112, Math.floor(at / 112)];
    return (
      128 + 50 * Math.sin(seed * 2 + (0.31 * seed + 0.2) * x + 0.17 * y) + 40 * Math.cos(0.23 * x * seed - 0.41 * y)
    );
  });
}

/** A template at this cosine from the card's. */
const templateAt = (likeness: number): Template => ({
  model: 'm',
  vector: Float32Array.of(likeness, Math.sqrt(1 - likeness ** 2)),
});

/** What the station does with an attempt: from its figures to the state of the visit. */
function play(given: Input) {
  const reference = {
    ...templateAt(1),
    ...(given.hasReferencePatch ? { patch: PATCHES.card } : {}),
  };
  const probes: Probe[] = given.probes.map(({ likeness, picture, attackScore, strange, grid }, at) => ({
    kind: 'acquired',
    template: { ...templateAt(likeness), ...(picture === 'none' ? {} : { patch: PATCHES[picture] }) },
    attackScore,
    cues: { ...USUAL, grid, ...(strange ? { contrast: 5, sharper: -4 } : {}) },
    points: ARCFACE_112,
    quality: {} as Probe['quality'],
    atMs: at,
  }));
  const evidence = compare(
    { thresholds: given.thresholds, models: ['m'] } as unknown as FaceEngine,
    reference,
    probes,
    {
      attempt: given.attempt,
      cardYears: given.cardYears,
      ageing: { perYear: 0.005, most: 0.04 },
      parts: given.parts,
      light: given.knowsLight ? { own: KNOWN, hasVeto: true } : null,
    },
  );
  const before: OpenVisit = {
    phase: 'open',
    visitId: 'v',
    task: { kind: 'own' },
    place: 'station',
    mishaps: 0,
    attemptsBefore: 0,
    consents: [{ purpose: 'face-comparison', given: true, how: 'touch' }],
    isTimeUp: false,
    supersedes: null,
    card: { validity: given.validity, ageYears: given.cardYears },
    progress: 1,
    photoRead: true,
    consent: 'given',
    attempt: given.attempt,
    capture: 'comparing',
    hint: null,
    framed: true,
    asking: false,
  };
  const { visit } = step(
    before,
    { kind: 'compared', result: judge(evidence) },
    {
      ...POLICY,
      attemptsAllowed: { station: given.attemptsAllowed, bedside: 2 },
    },
  );
  return { evidence, visit, outcome: visit.phase === 'recording' ? visit.outcome.kind : undefined };
}

describe('the veto, from the figures of an attempt to the state of the visit', () => {
  test('nothing is verified unless no part says attack and every required part says bona fide', () => {
    let verified = 0;
    fc.assert(
      fc.property(input, (given) => {
        const { evidence, outcome } = play(given);
        if (outcome !== 'verified') return;
        verified++;
        for (const { verdict, isRequired } of evidence.attackParts) {
          expect(verdict).not.toBe('attack');
          if (isRequired) expect(verdict).toBe('bona-fide');
        }
        expect(evidence.attackParts.filter(({ isRequired }) => isRequired).map(({ id }) => id)).toEqual(
          expect.arrayContaining(['model', 'card-copy']),
        );
        expect(evidence.attackParts).toEqual(expect.arrayContaining(given.parts));
        expect(evidence.score).toBeGreaterThanOrEqual(given.thresholds.match - 1e-4);
        expect(given.validity).not.toBe('expired');
      }),
      { numRuns: 600 },
    );
    // A rule about what is never met would hold too.
    expect(verified).toBeGreaterThan(20);
  });

  test('a part that says attack ends the visit with officers: there is no second attempt to try another picture', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { evidence, visit } = play(given);
        if (!evidence.attackParts.some(({ verdict }) => verdict === 'attack')) return;
        expect(visit).toMatchObject({
          phase: 'recording',
          outcome:
            given.validity === 'expired' ? { kind: 'referred' } : { kind: 'undetermined', reason: 'attack-check' },
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each<{ name: string; probes: Partial<Input['probes'][number]>; part: string }>([
    { name: "the card's picture in any one frame", probes: { picture: 'card' }, part: 'card-copy' },
    { name: 'a score below the threshold', probes: { attackScore: -20 }, part: 'model' },
    { name: 'somebody else in any one frame', probes: { likeness: -0.9 }, part: 'continuity' },
  ])('$name is an attack', ({ probes, part: id }) => {
    const given: Input = {
      probes: [GOOD, { ...GOOD, ...probes }, GOOD],
      parts: [],
      thresholds: { match: 0.4, review: 0.3, attack: 8.1, fmrAtMatch: 1e-3 },
      attempt: 1,
      attemptsAllowed: 3,
      cardYears: 2,
      validity: 'valid',
      knowsLight: true,
      hasReferencePatch: true,
    };
    expect(play({ ...given, probes: [GOOD, GOOD, GOOD] }).outcome).toBe('verified');
    const { evidence, outcome } = play(given);
    expect(outcome).toBe('undetermined');
    expect(evidence.attackParts.filter(({ verdict }) => verdict === 'attack').map((one) => one.id)).toContain(id);
  });
});
