/**
 * Rewrites PRelu in an ONNX model as `slope·x + (1 − slope)·relu(x)`: the same function by operators that onnxruntime keeps in its
 * blocked layout, where its PRelu leaves it at every layer. Recognisers of the ArcFace family need about half the time for it.
 * @source onnx/onnx.proto (field numbers); Protocol Buffers "Encoding"
 */

/** One field of a message: varints as numbers, everything else as bytes. */
interface Field {
  readonly number: number;
  readonly wire: number;
  readonly bytes: Uint8Array;
}

const GRAPH = 7;
const NODE = 1;
const INITIALIZER = 5;
const OP = { input: 1, output: 2, type: 4 } as const;
const TENSOR = { dims: 1, type: 2, floats: 4, name: 8, raw: 9 } as const;
const FLOAT32 = 1;

/** @returns the rewritten model, or the very bytes when there is nothing to rewrite or anything about it is unfamiliar */
export function splitPrelu(model: Uint8Array): Uint8Array {
  const fields = read(model);
  const graph = fields?.find(({ number, wire }) => number === GRAPH && wire === 2);
  const parts = graph && read(graph.bytes);
  if (fields === undefined || parts === undefined) return model;
  const slopes = new Map<string, readonly Field[]>();
  for (const { number, bytes } of parts) {
    const tensor = number === INITIALIZER ? read(bytes) : undefined;
    if (tensor) slopes.set(textOf(tensor, TENSOR.name), tensor);
  }
  let count = 0;
  const added: Uint8Array[] = [];
  const rewritten = parts.flatMap((part) => {
    const node = part.number === NODE ? read(part.bytes) : undefined;
    if (node === undefined || textOf(node, OP.type) !== 'PRelu') return [write(part)];
    const [x = '', slopeName = ''] = node.filter(({ number }) => number === OP.input).map(({ bytes }) => text(bytes));
    const slope = slopes.get(slopeName);
    const name = (step: string) => `split-prelu/${count}/${step}`;
    const rest = slope && complement(slope, name('rest'));
    if (rest === undefined) return [write(part)];
    added.push(message(INITIALIZER, rest));
    const steps = [
      operator('Relu', [x], name('relu')),
      operator('Mul', [x, slopeName], name('whole')),
      operator('Mul', [name('relu'), name('rest')], name('positive')),
      operator('Add', [name('whole'), name('positive')], textOf(node, OP.output)),
    ];
    count += 1;
    return steps;
  });
  if (count === 0) return model;
  const body = concat([...rewritten, ...added]);
  return concat(fields.map((field) => (field === graph ? message(GRAPH, body) : write(field))));
}

/** `1 − slope` as a tensor of the same shape; `undefined` when the slope is not plain float32. */
function complement(slope: readonly Field[], name: string): Uint8Array | undefined {
  const type = slope.find(({ number }) => number === TENSOR.type)?.bytes[0];
  const data = slope.find(({ number, wire }) => (number === TENSOR.raw || number === TENSOR.floats) && wire === 2);
  if (type !== FLOAT32 || data === undefined || data.bytes.length % 4 !== 0) return undefined;
  const rest = new Float32Array(Uint8Array.from(data.bytes).buffer).map((value) => 1 - value);
  const same = slope.filter(({ number }) => number === TENSOR.dims || number === TENSOR.type).map(write);
  return concat([...same, message(TENSOR.name, utf8(name)), message(TENSOR.raw, new Uint8Array(rest.buffer))]);
}

function operator(type: string, inputs: readonly string[], output: string): Uint8Array {
  const fields = [...inputs.map((input) => message(OP.input, utf8(input))), message(OP.output, utf8(output))];
  return message(NODE, concat([...fields, message(OP.type, utf8(type))]));
}

/** The fields of a message, or `undefined` when these bytes are none. */
function read(bytes: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined) return undefined;
    const wire = tag % 8;
    const start = at;
    let length = wire === 5 ? 4 : wire === 1 ? 8 : 0;
    if (wire === 0) {
      if (varint() === undefined) return undefined;
      length = at - start;
      at = start;
    } else if (wire === 2) length = varint() ?? -1;
    else if (length === 0) return undefined;
    if (length < 0 || at + length > bytes.length) return undefined;
    fields.push({ number: (tag - wire) / 8, wire, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

/** A field as it was; a varint's bytes are kept as they are. */
function write({ number, wire, bytes }: Field): Uint8Array {
  return wire === 2 ? message(number, bytes) : concat([varintOf(number * 8 + wire), bytes]);
}

function message(number: number, bytes: Uint8Array): Uint8Array {
  return concat([varintOf(number * 8 + 2), varintOf(bytes.length), bytes]);
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const utf8 = (value: string) => new TextEncoder().encode(value);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const textOf = (fields: readonly Field[], number: number) =>
  text(fields.find((field) => field.number === number)?.bytes ?? new Uint8Array());
