import { createHash } from 'node:crypto';
import type { InferenceSession } from 'onnxruntime-node';
import type { FaceModels, Mirroring, ModelOf } from '../../manifest.ts';
import { mirror, type Raster } from '../../raster.ts';
import { length, normalise } from '../../scores.ts';
import { forget } from './picture.ts';
import { type AlignedFace, recognise, withCrop } from './stages.ts';

/**
 * One template out of every recogniser, ‖v‖ = 1: each one's raw template (of the face, its mirror picture, or the mean of both)
 * brought to the length √weight, one behind the other. The cosine of two such templates is the weighted
 * mean of the recognisers' own cosines.
 * @param face with the raw template that the first recogniser already made of it; left as it is
 */
export async function makeTemplate(
  sessions: readonly InferenceSession[],
  { recognisers }: Pick<FaceModels, 'recognisers'>,
  mirroring: Mirroring,
  picture: Raster,
  face: AlignedFace & { readonly raw: Float32Array },
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const [at, model] of recognisers.entries()) {
    const session = sessions[at] as InferenceSession;
    const raw = await withCrop(model, picture, face, async (crop) => {
      if (mirroring === 'alternate' && at % 2 === 1) return await recogniseMirrored(session, model, crop);
      const sum = at === 0 ? Float32Array.from(face.raw) : await recognise(session, model, crop);
      if (mirroring === 'both') add(sum, await recogniseMirrored(session, model, crop));
      return sum;
    });
    const scale = Math.sqrt(model.weight) / (length(raw) || 1);
    parts.push(raw.map((value) => value * scale));
    raw.fill(0);
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

async function recogniseMirrored(session: InferenceSession, model: ModelOf<'recogniser'>, crop: Raster) {
  const mirrored = mirror(crop);
  try {
    return await recognise(session, model, mirrored);
  } finally {
    forget(mirrored);
  }
}

function add(sum: Float32Array, other: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (other[at] as number);
  other.fill(0);
}
