import type { AttackPart, AttackVerdict } from '../visit/types.ts';
import { assessPresentation } from './attack/assess.ts';
import { fuseParts } from './attack/parts.ts';
import { compareTemplates, fuseTemplates } from './compare.ts';
import { type ComparisonDecision, decideComparison } from './decide.ts';
import {
  type FaceEngine,
  type FaceQuality,
  type FaceThresholds,
  type NotAcquiredReason,
  type ProbeFinding,
  type ReferenceFinding,
  wipe,
} from './port.ts';

type NotAcquiredSide = { readonly acquired: false; readonly reason: NotAcquiredReason };

/** Result of comparing pictures, as the command line prints it. */
export interface PictureComparison {
  /** Comparison decision alone; `attack` is the veto beside it. */
  readonly decision: ComparisonDecision | 'not-acquired';
  /** `null` when there was nothing to compare. */
  readonly score: number | null;
  readonly attack: AttackVerdict;
  /** What each part of attack detection said; none without a probe. */
  readonly attackParts: readonly AttackPart[];
  readonly reference: ({ readonly acquired: true } & FaceQuality) | NotAcquiredSide;
  readonly probes: readonly ProbeReport[];
  readonly models: readonly string[];
  readonly thresholds: FaceThresholds;
  readonly timingsMs: { readonly reference: number; readonly probes: readonly number[]; readonly total: number };
}

export interface ProbeReport {
  readonly acquired: boolean;
  readonly reason: NotAcquiredReason | null;
  readonly quality: FaceQuality | null;
  readonly attackScore: number | null;
  readonly rollDegrees: number | null;
}

/**
 * Compares one reference picture with the fused template of all probe pictures that show a usable face.
 * Templates are overwritten before it returns.
 * @throws StationFault `FACE_ENGINE`
 */
export async function comparePictures(
  engine: FaceEngine,
  referenceBytes: Uint8Array,
  probeBytes: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<PictureComparison> {
  const start = performance.now();
  const reference = await timed(() => engine.acquireReference(referenceBytes, signal));
  const probes: { readonly value: ProbeFinding; readonly ms: number }[] = [];
  try {
    for (const bytes of probeBytes) probes.push(await timed(() => engine.acquireProbe(bytes, signal)));
    const findings = probes.map(({ value }) => value);
    const score = fusedScore(reference.value, findings);
    const attackParts = assess(reference.value, findings, engine.thresholds);
    return {
      decision: score === null ? 'not-acquired' : decideComparison(score, engine.thresholds),
      score,
      attack: fuseParts(attackParts),
      attackParts,
      reference:
        reference.value.kind === 'acquired'
          ? { acquired: true, ...reference.value.quality }
          : { acquired: false, reason: reference.value.reason },
      probes: findings.map(report),
      models: engine.models,
      thresholds: engine.thresholds,
      timingsMs: {
        reference: rounded(reference.ms),
        probes: probes.map(({ ms }) => rounded(ms)),
        total: rounded(performance.now() - start),
      },
    };
  } finally {
    for (const { value } of [reference, ...probes]) if (value.kind === 'acquired') wipe(value.template);
  }
}

function fusedScore(reference: ReferenceFinding, probes: readonly ProbeFinding[]): number | null {
  const templates = probes.filter((probe) => probe.kind === 'acquired').map((probe) => probe.template);
  if (reference.kind !== 'acquired' || templates.length === 0) return null;
  const fused = fuseTemplates(templates);
  const score = compareTemplates(fused, reference.template);
  wipe(fused);
  return score;
}

/** Pictures from anywhere: there is no camera whose own light could be known. */
function assess(reference: ReferenceFinding, findings: readonly ProbeFinding[], thresholds: FaceThresholds) {
  const probes = findings.filter((finding) => finding.kind === 'acquired');
  if (probes.length === 0) return [];
  return assessPresentation(reference.kind === 'acquired' ? reference.template : null, probes, thresholds, null);
}

function report(probe: ProbeFinding): ProbeReport {
  if (probe.kind === 'not-acquired') {
    return { acquired: false, reason: probe.reason, quality: null, attackScore: null, rollDegrees: null };
  }
  return {
    acquired: true,
    reason: null,
    quality: probe.quality,
    attackScore: probe.attackScore ?? null,
    rollDegrees: probe.quality.rollDegrees,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
