import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { type OnnxGraph, writeOnnx } from '../../../../scripts/models/onnx-writer.ts';
import { splitPrelu } from './split-prelu.ts';

const SHAPE = [1, 3, 2, 2];
const graph = (nodes: OnnxGraph['nodes']): Uint8Array =>
  writeOnnx({
    name: 'small',
    inputs: [{ name: 'x', type: 'float32', shape: SHAPE }],
    outputs: [{ name: 'y', type: 'float32', shape: SHAPE }],
    constants: [{ name: 'slope', shape: [3, 1, 1], data: Float32Array.of(0.25, -0.5, 1.5) }],
    nodes,
  });
const TWICE = graph([
  { op: 'PRelu', inputs: ['x', 'slope'], outputs: ['h'] },
  { op: 'PRelu', inputs: ['h', 'slope'], outputs: ['y'] },
]);

async function runOf(model: Uint8Array) {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  return async (values: Float32Array) => {
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.from(values), SHAPE) });
    return [...((y as Tensor).data as Float32Array)];
  };
}

test('computes the same as before, for negative, positive and shared slopes', async () => {
  const rewritten = splitPrelu(TWICE);
  expect(Buffer.from(rewritten).includes('PRelu')).toBe(false);
  const before = await runOf(TWICE);
  const after = await runOf(rewritten);
  await fc.assert(
    fc.asyncProperty(fc.float32Array({ minLength: 12, maxLength: 12, min: -100, max: 100, noNaN: true }), async (x) => {
      const expected = await before(x);
      for (const [at, found] of (await after(x)).entries()) expect(found).toBeCloseTo(expected[at] as number, 3);
    }),
    { numRuns: 50 },
  );
});

test('a model without PRelu, one whose slope is computed, and bytes that are no model stay as they are', () => {
  const plain = graph([{ op: 'Relu', inputs: ['x'], outputs: ['y'] }]);
  const computed = graph([
    { op: 'Abs', inputs: ['slope'], outputs: ['s'] },
    { op: 'PRelu', inputs: ['x', 's'], outputs: ['y'] },
  ]);
  for (const bytes of [plain, computed, new Uint8Array(), Uint8Array.of(0xff, 0xff), TWICE.subarray(0, 40)])
    expect(splitPrelu(bytes)).toBe(bytes);
});

test('whatever bytes there are, it neither throws nor hangs', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => splitPrelu(bytes) instanceof Uint8Array));
});
