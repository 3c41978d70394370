import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { type OnnxGraph, writeOnnx } from './onnx-writer.ts';

/** y = LeakyRelu(x + bias), two outputs, one side open, and every kind of attribute and constant. */
const GRAPH: OnnxGraph = {
  name: 'small',
  inputs: [{ name: 'x', type: 'float32', shape: ['count', 4] }],
  outputs: [
    { name: 'y', type: 'float32', shape: ['count', 4] },
    { name: 'z', type: 'float32', shape: ['count', 2, 2] },
    { name: 'low', type: 'int64', shape: ['count', 1] },
    { name: 'pixel', type: 'uint8', shape: [2] },
    { name: 'side', type: 'int32', shape: [] },
  ],
  constants: [
    { name: 'bias', shape: [4], data: Float32Array.of(1, -1, 0.5, 0) },
    { name: 'sides', shape: [3], data: BigInt64Array.of(-1n, 2n, 2n) },
    { name: 'bytes', shape: [2], data: Uint8Array.of(7, 255) },
    { name: 'number', shape: [], data: Int32Array.of(-300) },
    { name: 'one', shape: [], data: Float32Array.of(1) },
  ],
  nodes: [
    { op: 'Add', inputs: ['x', 'bias'], outputs: ['sum'] },
    { op: 'LeakyRelu', inputs: ['sum'], outputs: ['leaky'], attributes: { alpha: { float: 0.25 } } },
    // The lower limit is left out.
    { op: 'Clip', inputs: ['leaky', '', 'one'], outputs: ['y'] },
    { op: 'Reshape', inputs: ['y', 'sides'], outputs: ['square'] },
    { op: 'Transpose', inputs: ['square'], outputs: ['z'], attributes: { perm: { ints: [0, 2, 1] } } },
    { op: 'ArgMin', inputs: ['y'], outputs: ['low'], attributes: { axis: { int: -1 }, keepdims: { int: 1 } } },
    { op: 'Identity', inputs: ['bytes'], outputs: ['pixel'] },
    { op: 'Identity', inputs: ['number'], outputs: ['side'] },
  ],
};

test('the runtime takes the model and computes what it says', async () => {
  const session = await InferenceSession.create(writeOnnx(GRAPH), { intraOpNumThreads: 1 });
  expect(session.inputMetadata).toMatchObject([{ name: 'x', type: 'float32', shape: ['count', 4] }]);
  const x = new Tensor('float32', Float32Array.of(-5, 1, 0, 9, 0, 0, 0, 0), [2, 4]);
  const found = await session.run({ x });
  expect(found['y']?.data).toEqual(Float32Array.of(-1, 0, 0.5, 1, 1, -0.25, 0.5, 0));
  expect(found['z']).toMatchObject({
    dims: [2, 2, 2],
    data: Float32Array.of(-1, 0.5, 0, 1, 1, 0.5, -0.25, 0),
  });
  expect(found['low']?.data).toEqual(BigInt64Array.of(0n, 1n));
  expect(found['pixel']?.data).toEqual(Uint8Array.of(7, 255));
  expect(found['side']?.data).toEqual(Int32Array.of(-300));
});

test('texts and lists of floats arrive as attributes', async () => {
  const model = writeOnnx({
    name: 'attributes',
    inputs: [{ name: 'x', type: 'float32', shape: [1, 1, 1, 1] }],
    outputs: [{ name: 'y', type: 'float32', shape: [1, 1, 2, 2] }],
    constants: [],
    nodes: [
      { op: 'Constant', inputs: [], outputs: ['scales'], attributes: { value_floats: { floats: [1, 1, 2, 2] } } },
      { op: 'Resize', inputs: ['x', '', 'scales'], outputs: ['y'], attributes: { mode: { text: 'nearest' } } },
    ],
  });
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(3), [1, 1, 1, 1]) });
  expect(y?.data).toEqual(Float32Array.of(3, 3, 3, 3));
});

test('the same graph gives the same bytes', () => {
  expect(writeOnnx(structuredClone(GRAPH))).toEqual(writeOnnx(GRAPH));
});

test('a constant whose shape does not fit its data is refused', () => {
  const constants = [{ name: 'bias', shape: [2, 3], data: new Float32Array(5) }];
  expect(() => writeOnnx({ ...GRAPH, constants })).toThrow('constant bias: expected 6 values, found 5');
});
