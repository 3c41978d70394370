import type { AttackPart } from '../../visit/types.ts';
import { compareTemplates } from '../compare.ts';
import { attackVerdict, fuseAttackScores } from '../decide.ts';
import type { FaceThresholds, ProbeFinding, Template } from '../port.ts';
import { greatestMotion } from './parallax.ts';
import { lightDistance, type OwnLight } from './photometry.ts';
import { greatestCorrelation } from './same-picture.ts';

/** What this station's own captures look like by light, and whether a capture that does not is refused for it. */
export interface KnownLight {
  readonly own: OwnLight;
  readonly hasVeto: boolean;
}

/** A probe as far as attack detection needs it. */
export type ExaminedProbe = Pick<
  Extract<ProbeFinding, { kind: 'acquired' }>,
  'template' | 'attackScore' | 'cues' | 'points'
>;

/**
 * Correlation of two pictures at and above which they are the same photograph.
 * @source measured, see docs/attack.md (card photo)
 */
export const SAME_PICTURE = 0.93;

/** Strength of a regular grid (`FaceCues.grid`) at and above which a frame shows a raster. @source measured, see docs/attack.md (grid) */
export const RASTER = 4;

/**
 * Everything that the frames of one capture say about an attack, part by part; `fuseParts` makes one verdict of them.
 * @param reference the card's; `null` = it could not be used
 * @param probes all frames whose templates are compared
 * @param light `null` = not known, or not this station's pictures
 */
export function assessPresentation(
  reference: Template | null,
  probes: readonly ExaminedProbe[],
  thresholds: Pick<FaceThresholds, 'attack' | 'review'>,
  light: KnownLight | null,
): readonly AttackPart[] {
  return [
    modelPart(probes, thresholds),
    cardCopyPart(reference, probes),
    continuityPart(probes, thresholds),
    gridPart(probes),
    photometryPart(probes, light),
    parallaxPart(probes),
  ];
}

/** What the attack detector makes of the frames, fused. */
function modelPart(probes: readonly ExaminedProbe[], thresholds: Pick<FaceThresholds, 'attack'>): AttackPart {
  const scores = probes.map(({ attackScore }) => attackScore);
  return {
    id: 'model',
    verdict: attackVerdict(scores, thresholds),
    score: rounded(fuseAttackScores(scores)),
    isRequired: true,
  };
}

/** Is a frame the card's own photograph, printed, on a screen or replayed? Score: 1 − correlation of the most alike frame. */
function cardCopyPart(reference: Template | null, probes: readonly ExaminedProbe[]): AttackPart {
  const patches = probes.flatMap(({ template: { patch } }) => (patch === undefined ? [] : [patch]));
  const isWhole = patches.length === probes.length;
  const most = isWhole && reference?.patch ? greatestCorrelation(patches, reference.patch) : undefined;
  if (most === undefined) return notRun('card-copy', true);
  return {
    id: 'card-copy',
    verdict: most < SAME_PICTURE ? 'bona-fide' : 'attack',
    score: rounded(1 - most),
    isRequired: true,
  };
}

/**
 * Are all frames of one person? Two frames of one capture that would not even be left to officers as a comparison show two
 * people. Score: the lowest comparison score among the frames.
 */
function continuityPart(probes: readonly ExaminedProbe[], thresholds: Pick<FaceThresholds, 'review'>): AttackPart {
  if (probes.length < 2) return notRun('continuity', false);
  const scores = probes.flatMap(({ template }, at) =>
    probes.slice(at + 1).map((other) => compareTemplates(template, other.template)),
  );
  const least = Math.min(...scores);
  return {
    id: 'continuity',
    verdict: least >= thresholds.review ? 'bona-fide' : 'attack',
    score: rounded(least),
    isRequired: true,
  };
}

/**
 * Do the frames show a screen's or a print's raster? What a sensor and a living face give stays far below it whatever the
 * camera, so this needs no calibration. Score: how far the middle frame is below the limit.
 */
function gridPart(probes: readonly ExaminedProbe[]): AttackPart {
  const peaks = probes.map(({ cues }) => cues.grid).toSorted((a, b) => a - b);
  const middle = peaks[Math.floor(peaks.length / 2)];
  if (middle === undefined || peaks.includes(0)) return notRun('grid', false);
  return {
    id: 'grid',
    verdict: middle < RASTER ? 'bona-fide' : 'attack',
    score: rounded(RASTER - middle),
    isRequired: false,
  };
}

/**
 * Is the light what it is at this station? Score: how much nearer than the limit the capture lies, in parts of the limit. Without
 * the veto only the score is told: a station that is carried from bed to bed has no light of its own.
 */
function photometryPart(probes: readonly ExaminedProbe[], light: KnownLight | null): AttackPart {
  const found =
    light === null
      ? undefined
      : lightDistance(
          light.own,
          probes.map(({ cues }) => cues),
        );
  if (found === undefined) return notRun('photometry', false);
  const { distance, limit } = found;
  const score = rounded(1 - distance / limit);
  if (!light?.hasVeto) return { ...notRun('photometry', false), score };
  return { id: 'photometry', verdict: distance <= limit ? 'bona-fide' : 'attack', score, isRequired: false };
}

/**
 * How the nose moved against eyes and mouth. It is told and judges nothing: five points of this precision do not tell a flat
 * face from a round one (docs/attack.md).
 */
function parallaxPart(probes: readonly ExaminedProbe[]): AttackPart {
  const motion = greatestMotion(probes.map(({ points }) => points));
  return { ...notRun('parallax', false), score: rounded(motion?.depth) };
}

function notRun(id: string, isRequired: boolean): AttackPart {
  return { id, verdict: 'not-run', score: null, isRequired };
}

/** Four decimals are more than a score means. */
function rounded(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value * 10_000) / 10_000;
}
