import { compareTemplates, fuseTemplates } from '../face/compare.ts';
import { attackVerdict, decideComparison, fuseAttackScores } from '../face/decide.ts';
import { type FaceEngine, type Template, wipe } from '../face/port.ts';
import type { AttackVerdict, Evidence } from '../visit/types.ts';
import type { Probe } from './capture.ts';
import { withScanner } from './judge-presentation.ts';

/**
 * One attempt's figures: several probes fused to one, compared with the card's photo, attack signal fused beside it.
 * @param scanner the module's verdict over these probes; `null` = no module
 */
export function compare(
  face: FaceEngine,
  reference: Template,
  probes: readonly Probe[],
  scanner: AttackVerdict | null,
): Evidence {
  const { match, review } = face.thresholds;
  const scores = probes.map((probe) => probe.attackScore);
  const attackScore = fuseAttackScores(scores);
  const fused = fuseTemplates(probes.map((probe) => probe.template));
  const score = compareTemplates(fused, reference);
  wipe(fused);
  const evidence = {
    score: round(score),
    decision: decideComparison(score, face.thresholds),
    thresholds: { match, review },
    attack: attackVerdict(scores, face.thresholds),
    attackScore: attackScore === undefined ? null : round(attackScore),
    probes: probes.length,
    models: face.models,
  };
  return withScanner(evidence, scanner);
}

/** Four decimals are more than a score means. */
const round = (value: number) => Math.round(value * 10_000) / 10_000;
