/**
 * Writes ONNX models: as much of the format as a graph of standard operators over dense tensors needs. The same graph
 * always gives the same bytes, so that a model made by a script can be pinned by its checksum.
 * @source onnx/onnx.proto (field numbers); Protocol Buffers "Encoding"
 */

/** IR 8 came with ONNX 1.10 and operator set 13 with ONNX 1.8: old enough for every onnxruntime in use. */
const IR_VERSION = 8;
const OPERATOR_SET = 13;

/** The element type follows from the array: float32, int64, int32 or uint8. */
export type OnnxData = Float32Array | BigInt64Array | Int32Array | Uint8Array;
export type OnnxType = 'float32' | 'int64' | 'int32' | 'uint8';
/** TensorProto.DataType */
const DATA_TYPES: Readonly<Record<OnnxType, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7 };

/** A constant of the graph; scalars have the shape `[]`. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: OnnxData;
}

/** Tagged, because 1 may be an integer or a float and the operator takes only one of them. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly text: string };

/** One operator; an empty input name leaves an optional input out. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of the whole graph; a side given by a name may have any length. */
export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

/** A model; every node comes after those whose outputs it takes. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

/**
 * @returns the bytes of an `.onnx` file
 * @throws Error when a constant's shape does not fit its data
 */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  return message(
    int(1, IR_VERSION),
    text(2, 'thuengban'),
    part(
      7,
      ...graph.nodes.map((node) => part(1, ...nodeFields(node))),
      text(2, graph.name),
      ...graph.constants.map((tensor) => part(5, ...tensorFields(tensor))),
      ...graph.inputs.map((value) => part(11, ...valueFields(value))),
      ...graph.outputs.map((value) => part(12, ...valueFields(value))),
    ),
    part(8, text(1, ''), int(2, OPERATOR_SET)),
  );
}

function nodeFields({ op, inputs, outputs, attributes = {} }: OnnxNode): Uint8Array[] {
  return [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => part(5, text(1, name), ...attributeFields(value))),
  ];
}

/** The value, then AttributeProto.AttributeType. */
function attributeFields(value: OnnxAttribute): Uint8Array[] {
  if ('float' in value) return [float(2, value.float), int(20, 1)];
  if ('int' in value) return [int(3, value.int), int(20, 2)];
  if ('text' in value) return [text(4, value.text), int(20, 3)];
  if ('floats' in value) return [...value.floats.map((each) => float(7, each)), int(20, 6)];
  return [...value.ints.map((each) => int(8, each)), int(20, 7)];
}

function tensorFields({ name, shape, data }: OnnxTensor): Uint8Array[] {
  const count = shape.reduce((product, side) => product * side, 1);
  if (count !== data.length) throw new Error(`constant ${name}: expected ${count} values, found ${data.length}`);
  // The raw bytes are little-endian, as is every machine that Node.js runs on here.
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [...shape.map((side) => int(1, side)), int(2, DATA_TYPES[typeOf(data)]), text(8, name), bytes(9, raw)];
}

function typeOf(data: OnnxData): OnnxType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof BigInt64Array) return 'int64';
  return data instanceof Int32Array ? 'int32' : 'uint8';
}

function valueFields({ name, type, shape }: OnnxValue): Uint8Array[] {
  const sides = shape.map((side) => part(1, typeof side === 'number' ? int(1, side) : text(2, side)));
  return [text(1, name), part(2, part(1, int(1, DATA_TYPES[type]), part(2, ...sides)))];
}

function int(field: number, value: number): Uint8Array {
  return message(varint(field * 8), varint(value));
}

function float(field: number, value: number): Uint8Array {
  const raw = new Uint8Array(4);
  new DataView(raw.buffer).setFloat32(0, value, true);
  return message(varint(field * 8 + 5), raw);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function part(field: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return bytes(field, message(...fields));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message(varint(field * 8 + 2), varint(value.byteLength), value);
}

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...out, Number(rest));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}
