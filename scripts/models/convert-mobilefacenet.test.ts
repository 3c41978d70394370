import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { type GraphSpec, type OperatorSpec, tfliteFile } from '../../tests/fixtures/tflite-file.ts';
import { channelsFirst, runReference } from '../../tests/fixtures/tflite-reference.ts';
import { convertMobileFaceNet } from './convert-mobilefacenet.ts';
import { readTflite } from './tflite.ts';

const [ADD, CONV, DEPTHWISE, MUL, RELU, RESHAPE, SUB, ABS] = [0, 3, 4, 18, 19, 22, 41, 101];
const [SAME, VALID] = [0, 1];

/** Numbers that look random and are the same every time, −1..1. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => Math.sin(seed * 97 + at * 12.9898) * Math.cos(at * 78.233));
}
const constant = (name: string, shape: number[], seed: number) => ({
  name,
  shape,
  data: numbers(
    shape.reduce((product, each) => product * each, 1),
    seed,
  ),
});

/** Every operator once or more: 7×6×3 → SAME by 2 → PReLU → depthwise → sum → VALID of all → 1 pixel → row. */
const GRAPH: GraphSpec = {
  tensors: [
    { name: 'picture', shape: [2, 7, 6, 3] },
    constant('w0', [4, 3, 3, 3], 1),
    constant('b0', [4], 2),
    { name: 'conv', shape: [2, 4, 3, 4] },
    { name: 'relu', shape: [2, 4, 3, 4] },
    { name: 'abs', shape: [2, 4, 3, 4] },
    { name: 'sub', shape: [2, 4, 3, 4] },
    // Slopes of 2.4, −0.6, 0 and 1: above one, negative and the two borders.
    { name: 'half', shape: [4], data: Float32Array.of(1.2, -0.3, 0, 0.5) },
    { name: 'mul', shape: [2, 4, 3, 4] },
    { name: 'prelu', shape: [2, 4, 3, 4] },
    constant('w1', [1, 3, 3, 4], 3),
    constant('b1', [4], 4),
    { name: 'depthwise', shape: [2, 4, 3, 4] },
    { name: 'sum', shape: [2, 4, 3, 4] },
    constant('w2', [1, 4, 3, 8], 5),
    constant('b2', [8], 6),
    { name: 'pixel', shape: [2, 1, 1, 8] },
    { name: 'to', shape: [2], data: Int32Array.of(2, 8) },
    { name: 'template', shape: [2, 8] },
  ],
  inputs: [0],
  outputs: [18],
  operators: [
    { code: CONV, inputs: [0, 1, 2], outputs: [3], options: [SAME, 2, 2] },
    { code: RELU, inputs: [3], outputs: [4] },
    { code: ABS, inputs: [3], outputs: [5] },
    { code: SUB, inputs: [3, 5], outputs: [6] },
    { code: MUL, inputs: [7, 6], outputs: [8] },
    { code: ADD, inputs: [4, 8], outputs: [9] },
    { code: DEPTHWISE, inputs: [9, 10, 11], outputs: [12], options: [SAME, 1, 1, 1] },
    { code: ADD, inputs: [12, 9], outputs: [13] },
    // Two results for each channel.
    { code: DEPTHWISE, inputs: [13, 14, 15], outputs: [16], options: [VALID, 1, 1, 2] },
    { code: RESHAPE, inputs: [16, 17], outputs: [18] },
  ],
};

test('the converted model computes what the file says', async () => {
  const file = tfliteFile([GRAPH]);
  const session = await InferenceSession.create(convertMobileFaceNet(file), { intraOpNumThreads: 1 });
  expect(session.inputMetadata).toMatchObject([{ name: 'picture', shape: [1, 3, 7, 6] }]);
  expect(session.outputMetadata).toMatchObject([{ name: 'template', shape: [1, 8] }]);
  for (const seed of [7, 8, 9]) {
    const values = numbers(7 * 6 * 3, seed);
    const expected = runReference(readTflite(file), values);
    const { template } = await session.run({ picture: new Tensor('float32', channelsFirst(values, 3), [1, 3, 7, 6]) });
    const difference = Float64Array.from(template?.data as Float32Array, (each, at) => each - (expected[at] ?? 0));
    expect(difference).toHaveLength(8);
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-5);
  }
});

test('the same file gives the same bytes', () => {
  const file = tfliteFile([GRAPH]);
  expect(Buffer.compare(convertMobileFaceNet(file), convertMobileFaceNet(Buffer.from(file)))).toBe(0);
});

const replace = (at: number, change: Partial<OperatorSpec>): Buffer =>
  tfliteFile([
    { ...GRAPH, operators: GRAPH.operators.map((each, place) => (place === at ? { ...each, ...change } : each)) },
  ]);

test.each<{ name: string; file: Buffer; says: RegExp }>([
  {
    name: 'an operator it does not know',
    file: replace(7, { code: 14 }),
    says: /operator BUILTIN_14 is not converted/,
  },
  { name: 'a lone ReLU', file: replace(7, { code: RELU }), says: /operator RELU is not converted/ },
  { name: 'an activation in a convolution', file: replace(0, { options: [SAME, 2, 2, 1] }), says: /CONV_2D: a fused/ },
  {
    name: 'an activation in a depthwise convolution',
    file: replace(6, { options: [SAME, 1, 1, 1, 3] }),
    says: /DEPTHWISE_CONV_2D: a fused/,
  },
  { name: 'an activation in a sum', file: replace(7, { options: [1] }), says: /ADD: a fused/ },
  { name: 'an activation in a PReLU', file: replace(5, { options: [1] }), says: /ADD: a fused/ },
  { name: 'dilation', file: replace(0, { options: [SAME, 2, 2, 0, 2, 2] }), says: /CONV_2D: dilation/ },
  { name: 'a PReLU tied otherwise', file: replace(2, { inputs: [4] }), says: /expected them tied as a PReLU/ },
  { name: 'reshaping a whole picture', file: replace(9, { inputs: [13, 17] }), says: /RESHAPE: expected .* 2,4,3,4/ },
  { name: 'a constant where a picture is due', file: replace(7, { inputs: [12, 1] }), says: /ADD: expected input 1/ },
  {
    name: 'a picture where weights are due',
    file: replace(6, { inputs: [9, 3, 11] }),
    says: /expected input 1 constant/,
  },
  { name: 'an input that is left out', file: replace(7, { inputs: [12, -1] }), says: /expected tensor -1/ },
])('refuses $name', ({ file, says }) => {
  expect(() => convertMobileFaceNet(file)).toThrow(says);
});
