import type { Settings } from '../config/settings.ts';
import { assessPresentation, type KnownLight } from '../face/attack/assess.ts';
import { fuseParts } from '../face/attack/parts.ts';
import { compareTemplates, fuseTemplates } from '../face/compare.ts';
import { bandsForAge, decideComparison, statedFmr } from '../face/decide.ts';
import { type FaceEngine, type Template, wipe } from '../face/port.ts';
import type { AttackPart, Evidence } from '../visit/types.ts';
import type { Probe } from './best-probes.ts';

/** What a score means depends on these too. */
export interface ComparisonContext {
  /** 1-based. */
  readonly attempt: number;
  /** Since the card was issued; `undefined` = not known. */
  readonly cardYears: number | undefined;
  readonly ageing: Settings['face']['ageing'];
  /** What judged the capture as a whole. */
  readonly parts: readonly AttackPart[];
  /** `null` = not known. */
  readonly light: KnownLight | null;
}

/** One attempt's figures: several probes fused to one, compared with the card's photo, attack signal fused beside it. */
export function compare(
  face: FaceEngine,
  reference: Template,
  probes: readonly Probe[],
  { attempt, cardYears, ageing, parts, light }: ComparisonContext,
): Evidence {
  const thresholds = bandsForAge(face.thresholds, cardYears, ageing);
  const fused = fuseTemplates(probes.map((probe) => probe.template));
  const score = compareTemplates(fused, reference);
  wipe(fused);
  const attackParts = [...assessPresentation(reference, probes, face.thresholds, light), ...parts];
  return {
    score: round(score),
    decision: decideComparison(score, thresholds),
    thresholds: { match: round(thresholds.match), review: round(thresholds.review) },
    statedFmr: statedFmr(face.thresholds.fmrAtMatch, attempt),
    attack: fuseParts(attackParts),
    attackParts,
    probes: probes.length,
    models: face.models,
  };
}

/** Four decimals are more than a score means. */
const round = (value: number) => Math.round(value * 10_000) / 10_000;
