import { readFile } from 'node:fs/promises';
import { assessPresentation } from '../../src/face/attack/assess.ts';
import { fuseParts } from '../../src/face/attack/parts.ts';
import { learnLight, noLight, type OwnLight } from '../../src/face/attack/photometry.ts';
import { compareTemplates, fuseTemplates } from '../../src/face/compare.ts';
import { decideComparison } from '../../src/face/decide.ts';
import type { FaceEngine, FaceThresholds, ProbeFinding, Template } from '../../src/face/port.ts';
import type { AttackPart, AttackVerdict } from '../../src/visit/types.ts';
import { captureOf, SPECIES, type Species } from './attack-samples.ts';
import type { Person } from './people.ts';
import { Progress } from './progress.ts';
import { randomFor } from './random.ts';

type Kind = Species | 'bona-fide';
export const KINDS: readonly Kind[] = ['bona-fide', ...SPECIES];

type Acquired = Extract<ProbeFinding, { kind: 'acquired' }>;

/** One capture as the pipeline saw it. */
export interface SeenCapture {
  readonly person: number;
  readonly kind: Kind;
  readonly reference: Template;
  /** Frames with a usable face; none = the attempt was not acquired. */
  readonly probes: readonly Acquired[];
}

/** One capture as the station judges it. */
export interface JudgedCapture {
  readonly person: number;
  readonly kind: Kind;
  readonly parts: readonly AttackPart[];
  /** As shipped: the light is watched and has no veto. */
  readonly fused: AttackVerdict;
  /** As a station decides that stays where it is and gave the light its veto. */
  readonly fusedWithLight: AttackVerdict;
  readonly score: number;
  readonly isMatch: boolean;
  /** Of each frame. */
  readonly attackScores: readonly (number | undefined)[];
}

/**
 * Makes the samples of every person and has the shipped pipeline look at them. A person's first picture is on the card, the second
 * before the camera.
 * @param people with two pictures or more
 */
export async function seeCaptures(
  people: readonly Person[],
  engine: FaceEngine,
  toChipPhoto: (image: Uint8Array) => Promise<Uint8Array>,
  frames: number,
  signal: AbortSignal,
): Promise<readonly SeenCapture[]> {
  const seen: SeenCapture[] = [];
  const progress = new Progress(people.length * KINDS.length * frames);
  for (const [person, { pictures }] of people.entries()) {
    const [card, photo] = await Promise.all(pictures.slice(0, 2).map((path) => readFile(path, { signal })));
    if (card === undefined || photo === undefined) continue;
    const cardPhoto = await toChipPhoto(card);
    const reference = await engine.acquireReference(cardPhoto, signal);
    if (reference.kind !== 'acquired') continue;
    const look = async (kind: Kind): Promise<SeenCapture> => {
      const shots = await captureOf(kind, { photo, cardPhoto }, frames, (part) =>
        randomFor('attack', person, kind, part),
      );
      const findings = await Promise.all(
        shots.map(async (shot) => {
          const finding = await engine.acquireProbe(shot, signal);
          progress.step(kind);
          return finding;
        }),
      );
      const probes = findings.filter((finding) => finding.kind === 'acquired');
      return { person, kind, reference: reference.template, probes };
    };
    // All at once: while the processes look at one capture, the next is made.
    seen.push(...(await Promise.all(KINDS.map(look))));
  }
  return seen;
}

/** The people are dealt into so many parts; what is fitted is never judged on the people that it was fitted on. */
export const FOLDS = 10;

/**
 * Judges every acquired capture as the station would. What its own light is, it learned from bona fide captures of the people of all
 * other parts, as far as every other part of the detection let them through.
 */
export function judgeCaptures(seen: readonly SeenCapture[], thresholds: FaceThresholds): readonly JudgedCapture[] {
  const acquired = seen.filter(({ probes }) => probes.length > 0);
  const teachers = acquired.filter(
    (capture) => capture.kind === 'bona-fide' && judged(capture, null).fused === 'bona-fide',
  );
  const lights = Array.from({ length: FOLDS }, (_, fold) =>
    teachers
      .filter(({ person }) => person % FOLDS !== fold)
      .reduce<OwnLight>((own, { probes }) => {
        return learnLight(
          own,
          probes.map(({ cues }) => cues),
        );
      }, noLight('samples')),
  );
  return acquired.map((capture) => judged(capture, lights[capture.person % FOLDS] as OwnLight));

  function judged({ person, kind, reference, probes }: SeenCapture, own: OwnLight | null): JudgedCapture {
    const parts = assessPresentation(reference, probes, thresholds, own && { own, hasVeto: true });
    const score = compareTemplates(fuseTemplates(probes.map(({ template }) => template)), reference);
    return {
      person,
      kind,
      parts,
      fused: fuseParts(parts.filter(({ id }) => id !== 'photometry')),
      fusedWithLight: fuseParts(parts),
      score,
      isMatch: decideComparison(score, thresholds) === 'match',
      attackScores: probes.map(({ attackScore }) => attackScore),
    };
  }
}

/** Whether a part, if it were the only one, would let this capture through. */
export function letsThrough(part: AttackPart | undefined): boolean {
  if (part === undefined) return true;
  return part.verdict !== 'attack' && (part.verdict === 'bona-fide' || !part.isRequired);
}
