import type { Template } from './port.ts';
import { normalise } from './scores.ts';

/**
 * Similarity of two face templates.
 * @returns cosine similarity, −1..1, higher is more alike
 * @throws Error when different models made them: their vectors have nothing in common
 * @source ISO/IEC 2382-37 "comparison score"
 */
export function compareTemplates(probe: Template, reference: Template): number {
  requireSameModel(probe, reference);
  let sum = 0;
  for (let i = 0; i < probe.vector.length; i++) {
    sum += (probe.vector[i] as number) * (reference.vector[i] as number);
  }
  return Math.min(1, Math.max(-1, sum));
}

/**
 * One template out of several frames of the same face: their mean, brought to length 1 again.
 * @throws Error on an empty list, or when different models made them
 */
export function fuseTemplates(templates: readonly Template[]): Template {
  const first = templates[0];
  if (first === undefined) throw new Error('no template to fuse');
  const vector = new Float32Array(first.vector.length);
  for (const template of templates) {
    requireSameModel(template, first);
    for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) + (template.vector[i] as number);
  }
  return { model: first.model, vector: normalise(vector) };
}

function requireSameModel(one: Template, other: Template): void {
  if (one.model !== other.model || one.vector.length !== other.vector.length) {
    throw new Error('templates of different models are never compared');
  }
}
