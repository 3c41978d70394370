import { expect, test } from 'vitest';
import { type GraphSpec, tfliteFile } from '../../tests/fixtures/tflite-file.ts';
import { readTflite } from './tflite.ts';

const GRAPH: GraphSpec = {
  tensors: [
    { name: 'in', shape: [1, 2] },
    { name: 'weights', shape: [2], data: Float32Array.of(0.5, -2) },
    { name: 'shape', shape: [1], data: Int32Array.of(-1) },
    { name: 'out', shape: [1, 2] },
  ],
  inputs: [0],
  outputs: [3],
  operators: [{ code: 101, inputs: [0, -1], outputs: [3], options: [undefined, 7, -1] }],
};
const withTensor = (change: object) => [{ ...GRAPH, tensors: [{ name: 'in', shape: [1, 2], ...change }] }];

test.each([0, 3] as const)('reads tensors, ends and operators, their codes in field %i', (codeField) => {
  const file = tfliteFile([GRAPH], codeField);
  // From an odd place in memory, as a file inside a larger buffer may lie.
  const { tensors, inputs, outputs, operators } = readTflite(Buffer.concat([Buffer.alloc(1), file]).subarray(1));
  expect(tensors).toEqual([
    { name: 'in', shape: [1, 2], type: 'float32', data: undefined },
    { name: 'weights', shape: [2], type: 'float32', data: Float32Array.of(0.5, -2) },
    { name: 'shape', shape: [1], type: 'int32', data: Int32Array.of(-1) },
    { name: 'out', shape: [1, 2], type: 'float32', data: undefined },
  ]);
  expect([inputs, outputs]).toEqual([[0], [3]]);
  expect(operators).toMatchObject([{ code: 'ABS', inputs: [0, -1], outputs: [3] }]);
});

test('an option that is absent has its default', () => {
  const options = readTflite(tfliteFile([GRAPH])).operators[0]?.options;
  expect([0, 1, 2, 3].map((field) => options?.int32(field, 42))).toEqual([42, 7, -1, 42]);
  expect(options?.int8(2, 42)).toBe(-1);
  const bare = { ...GRAPH, operators: [{ code: 0, inputs: [0], outputs: [3] }] };
  expect(readTflite(tfliteFile([bare])).operators[0]?.options.int8(0, 42)).toBe(42);
});

test('an operator without a name here keeps its number', () => {
  const other = { ...GRAPH, operators: [{ code: 57, inputs: [0], outputs: [3] }] };
  expect(readTflite(tfliteFile([other], 3)).operators[0]?.code).toBe('BUILTIN_57');
});

test.each<{ name: string; file: Buffer; says: RegExp }>([
  { name: 'another file', file: Buffer.from('not a model at all'), says: /identifier TFL3/ },
  { name: 'an empty file', file: Buffer.alloc(0), says: /identifier TFL3/ },
  { name: 'two subgraphs', file: tfliteFile([GRAPH, GRAPH]), says: /expected one subgraph, found 2/ },
  { name: 'a type not read here', file: tfliteFile(withTensor({ type: 9 })), says: /in: .* found type 9/ },
  { name: 'a quantised tensor', file: tfliteFile(withTensor({ scales: [1] })), says: /in: .* found scales/ },
  {
    name: 'weights that do not fit their shape',
    file: tfliteFile(withTensor({ data: Float32Array.of(1) })),
    says: /in: expected 8 bytes, found 4/,
  },
])('refuses $name', ({ file, says }) => {
  expect(() => readTflite(file)).toThrow(says);
});

test('half a file is refused wherever it ends', () => {
  const file = tfliteFile([GRAPH]);
  for (let length = 0; length < file.length; length++) {
    expect(() => readTflite(Buffer.from(file.subarray(0, length))), `${length} bytes`).toThrow();
  }
});
