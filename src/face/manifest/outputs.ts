import type { Model } from '../manifest.ts';
import type { Decoder } from './decoder-schema.ts';

/** An output that the manifest names: where it does, and how many values it has. */
export interface NamedOutput {
  /** Field of the model's entry. */
  readonly field: string;
  readonly name: string;
  /** `undefined`: not said by the manifest. */
  readonly count: number | undefined;
}

/** The outputs that a model must have. */
export function namedOutputs(model: Model): readonly NamedOutput[] {
  const field = 'output.name';
  switch (model.role) {
    case 'detector':
      return detectorOutputs(model.decoder, model.input.width * model.input.height);
    case 'landmarks':
      return [{ field, name: model.output.name, count: model.output.points * model.output.valuesPerPoint }];
    case 'recogniser':
      return [{ field, name: model.output.name, count: model.output.dim }];
    case 'eyes':
    case 'attack-detector':
      return [{ field, name: model.output.name, count: model.output.classes }];
  }
}

/** The output by which a model is tried; a detector's boxes say more than its scores, which are all but 0 everywhere. */
export function selfTestOutput(model: Model): string {
  if (model.role !== 'detector') return model.output.name;
  const { decoder } = model;
  switch (decoder.family) {
    case 'ultraface':
      return decoder.scores;
    case 'blazeface':
      return decoder.levels[0]?.boxes ?? '';
    case 'yunet':
    case 'scrfd':
      return decoder.levels[0]?.bbox ?? '';
  }
}

/**
 * What is wrong with the outputs that a model gave.
 * @param sizes values of each output, by name
 * @returns field, expected and found, or `undefined` when all is as the manifest says
 */
export function wrongOutput(model: Model, sizes: ReadonlyMap<string, number>): string | undefined {
  const known = [...sizes.keys()].join(', ');
  for (const { field, name, count } of namedOutputs(model)) {
    const found = sizes.get(name);
    if (found === undefined) return `${field}: expected a float32 output "${name}", found ${known || 'none'}`;
    if (count !== undefined && found !== count)
      return `${field}: expected ${count} values in output "${name}", found ${found}`;
  }
  if (model.role !== 'detector' || model.decoder.family !== 'ultraface') return undefined;
  const [scores, boxes] = [sizes.get(model.decoder.scores) ?? 0, sizes.get(model.decoder.boxes) ?? 0];
  return boxes === scores * 2 && scores % 2 === 0
    ? undefined
    : `decoder.boxes: expected 4 values for every 2 scores, found ${boxes} for ${scores}`;
}

function detectorOutputs(decoder: Decoder, pixels: number): readonly NamedOutput[] {
  const cells = (stride: number) => pixels / (stride * stride);
  const output = (field: string, name: string, count?: number) => ({ field: `decoder.${field}`, name, count });
  switch (decoder.family) {
    case 'ultraface':
      return [output('scores', decoder.scores), output('boxes', decoder.boxes)];
    case 'yunet':
      return decoder.levels.flatMap(({ stride, cls, obj, bbox, kps }, level) => [
        output(`levels[${level}].cls`, cls, cells(stride)),
        output(`levels[${level}].obj`, obj, cells(stride)),
        output(`levels[${level}].bbox`, bbox, cells(stride) * 4),
        output(`levels[${level}].kps`, kps, cells(stride) * 10),
      ]);
    case 'scrfd':
      return decoder.levels.flatMap(({ stride, score, bbox, kps }, level) => [
        output(`levels[${level}].score`, score, cells(stride) * decoder.anchorsPerCell),
        output(`levels[${level}].bbox`, bbox, cells(stride) * decoder.anchorsPerCell * 4),
        output(`levels[${level}].kps`, kps, cells(stride) * decoder.anchorsPerCell * 10),
      ]);
    case 'blazeface': {
      const anchorsIn = (key: 'scores' | 'boxes', name: string) =>
        decoder.levels.reduce((sum, grid) => sum + (grid[key] === name ? cells(grid.stride) * grid.perCell : 0), 0);
      const values = 4 + 2 * decoder.keypoints;
      return decoder.levels.flatMap(({ scores, boxes }, level) => [
        output(`levels[${level}].scores`, scores, anchorsIn('scores', scores)),
        output(`levels[${level}].boxes`, boxes, anchorsIn('boxes', boxes) * values),
      ]);
    }
  }
}
