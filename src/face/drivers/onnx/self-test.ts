import type { InferenceSession } from 'onnxruntime-node';
import { StationFault } from '../../../shared/fault.ts';
import { selfTestOutput, wrongOutput } from '../../manifest/outputs.ts';
import { channels, type Model } from '../../manifest.ts';
import { runModel } from './run-model.ts';

/** What a model is tried with: a wave over all its inputs, in the range of what it is fed in earnest; tolerance in parts of the largest value. */
export const SELF_TEST = { step: 0.01, values: 8, tolerance: 0.02 } as const;

/**
 * Runs a model once, so that the first visit is as fast as the tenth, and compares what it computes with what the manifest
 * says it must: a runtime built for another processor, or a broken one, is found before anybody is compared with it.
 * @returns the first values of its output
 * @throws StationFault `MODEL_MISMATCH` for outputs of other names or sizes, `FACE_ENGINE` for other values
 */
export async function selfTest(session: InferenceSession, model: Model): Promise<readonly number[]> {
  const { input } = model;
  const range = Math.max(...input.std.map((std) => 128 / std));
  const values = Float32Array.from(
    { length: input.width * input.height * channels(input.colour) },
    (_, at) => range * (0.5 + 0.5 * Math.sin(at * SELF_TEST.step)),
  );
  const outputs = new Map<string, Float32Array>();
  for (const [name, { data }] of Object.entries(await attempt(session, model, values)))
    if (data instanceof Float32Array) outputs.set(name, data);
  const wrong = wrongOutput(model, new Map([...outputs].map(([name, data]) => [name, data.length])));
  if (wrong !== undefined) throw new StationFault('MODEL_MISMATCH', model.id, `${model.file}: ${wrong}`);
  const found = [...(outputs.get(selfTestOutput(model)) ?? [])];
  const first = found.slice(0, SELF_TEST.values);
  const expected = model.selfTest ?? [];
  const most = SELF_TEST.tolerance * Math.max(...expected.map(Math.abs));
  if (expected.every((value, at) => Math.abs((found[at] ?? Number.NaN) - value) <= most)) return first;
  const said = first.map((value) => value.toFixed(3)).join(' ');
  throw new StationFault('FACE_ENGINE', model.id, `${model.id} computes ${said}, expected ${expected.join(' ')}`);
}

async function attempt(session: InferenceSession, model: Model, values: Float32Array<ArrayBuffer>) {
  try {
    return await runModel(session, model.input, values);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StationFault(
      'MODEL_MISMATCH',
      model.id,
      `${model.file}: input: expected a model that takes it, found: ${why}`,
      {
        cause,
      },
    );
  }
}
