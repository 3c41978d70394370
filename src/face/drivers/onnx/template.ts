import { createHash } from 'node:crypto';
import type { InferenceSession } from 'onnxruntime-node';
import type { FaceModels, Mirroring } from '../../manifest.ts';
import { mirror, type Raster } from '../../raster.ts';
import { length, normalise } from '../../scores.ts';
import { forget } from './picture.ts';
import { recognise } from './stages.ts';

/**
 * One template out of every recogniser, ‖v‖ = 1: each one's raw template (of the face, its mirror picture, or the mean of both)
 * brought to the length √weight, one behind the other. The cosine of two such templates is the weighted
 * mean of the recognisers' own cosines.
 * @param aligned left as it is
 * @param first what the first recogniser already made of the face; left as it is
 */
export async function makeTemplate(
  sessions: readonly InferenceSession[],
  recognisers: FaceModels['recognisers'],
  mirroring: Mirroring,
  aligned: Raster,
  first: Float32Array,
): Promise<Float32Array> {
  const mirrored = mirroring === 'straight' ? undefined : mirror(aligned);
  const parts: Float32Array[] = [];
  try {
    for (const [at, model] of recognisers.entries()) {
      const session = sessions[at] as InferenceSession;
      const isMirrorOnly = mirroring === 'alternate' && at % 2 === 1;
      const seen = isMirrorOnly && mirrored ? mirrored : aligned;
      const raw = at === 0 ? Float32Array.from(first) : await recognise(session, model, seen);
      if (mirrored && mirroring === 'both') add(raw, await recognise(session, model, mirrored));
      const scale = Math.sqrt(model.weight) / (length(raw) || 1);
      parts.push(raw.map((value) => value * scale));
      raw.fill(0);
    }
  } finally {
    if (mirrored) forget(mirrored);
  }
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    part.fill(0);
  }
  return normalise(whole);
}

/** Names what makes templates comparable: the same recognisers in the same order, weights and treatment. */
export function templateModel({ recognisers, comparison }: Pick<FaceModels, 'recognisers' | 'comparison'>): string {
  const made = recognisers.map((model) => [model.sha256, model.weight]);
  return createHash('sha256')
    .update(JSON.stringify([made, comparison.mirroring]))
    .digest('hex');
}

function add(sum: Float32Array, other: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (other[at] as number);
  other.fill(0);
}
