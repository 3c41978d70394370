import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Outputs } from '../../detectors/outputs.ts';
import type { ModelInput } from '../../manifest.ts';

/** Runs a model once; its input, a picture of a face, is overwritten and released. */
export async function runModel(
  session: InferenceSession,
  input: ModelInput,
  values: Float32Array<ArrayBuffer>,
): Promise<Awaited<ReturnType<InferenceSession['run']>>> {
  try {
    return await session.run({ [input.name]: new Tensor('float32', values, inputShape(input, values.length)) });
  } finally {
    values.fill(0);
    values.buffer.transfer(0);
  }
}

/** Runs a model whose outputs were checked when it was loaded. */
export async function outputsOf(
  session: InferenceSession,
  input: ModelInput,
  values: Float32Array<ArrayBuffer>,
): Promise<Outputs> {
  const output = await runModel(session, input, values);
  return (name) => {
    const data = output[name]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`the model has no float output "${name}"`);
    return data;
  };
}

/** @param count of all values */
export function inputShape({ layout, width, height }: ModelInput, count: number): readonly number[] {
  const depth = count / (width * height);
  return layout === 'NHWC' ? [1, height, width, depth] : [1, depth, height, width];
}
