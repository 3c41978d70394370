/**
 * Reads a TensorFlow Lite model: as much of it as a float32 graph of built-in operators uses.
 * @source tensorflow/lite/schema/schema.fbs (version 3); FlatBuffers "Internals" for the byte layout
 */

/** Names of the tensor types by their number in the schema; a type that is not here is refused. */
const TENSOR_TYPES: Readonly<Record<number, TfliteTensor['type']>> = { 0: 'float32', 2: 'int32' };

/** Names of the built-in operators that a converter here knows; others keep their number (`BUILTIN_57`). */
const OPERATORS: Readonly<Record<number, string>> = {
  0: 'ADD',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  18: 'MUL',
  19: 'RELU',
  22: 'RESHAPE',
  41: 'SUB',
  101: 'ABS',
};

/** A tensor of the graph: a constant when `data` is there, else computed. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: 'float32' | 'int32';
  readonly data: Float32Array | Int32Array | undefined;
}

/** One step of the graph; `-1` among the inputs stands for one that was left out. */
export interface TfliteOperator {
  readonly code: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable;
}

/** The first subgraph; numbers in it are indices into `tensors`. Operators are in the order in which they run. */
export interface TfliteGraph {
  readonly tensors: readonly TfliteTensor[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: readonly TfliteOperator[];
}

/**
 * @param bytes a whole `.tflite` file
 * @throws Error when it is none, has several subgraphs, or a tensor is quantised or of a type not read here
 */
export function readTflite(bytes: Uint8Array): TfliteGraph {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8 || String.fromCharCode(...bytes.subarray(4, 8)) !== 'TFL3') {
    throw new Error('expected a TensorFlow Lite file (identifier TFL3), found none');
  }
  const model = new FlatTable(view, view.getUint32(0, true));
  const subgraphs = model.tables(2);
  const [graph] = subgraphs;
  if (graph === undefined || subgraphs.length > 1) throw new Error(`expected one subgraph, found ${subgraphs.length}`);
  const codes = model.tables(1).map(operatorCode);
  const buffers = model.tables(4);
  return {
    tensors: graph.tables(0).map((table) => readTensor(table, buffers)),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
    operators: graph.tables(3).map((table) => ({
      code: codes[table.uint32(0, 0)] ?? 'UNKNOWN',
      inputs: table.ints(1),
      outputs: table.ints(2),
      options: table.table(4) ?? FlatTable.EMPTY,
    })),
  };
}

/** Files older than schema 3a hold the code in a byte, later ones in an int32 beside it: the greater one counts. */
function operatorCode(table: FlatTable): string {
  const code = Math.max(table.int8(0, 0), table.int32(3, 0));
  return OPERATORS[code] ?? `BUILTIN_${code}`;
}

function readTensor(table: FlatTable, buffers: readonly FlatTable[]): TfliteTensor {
  const name = table.text(3);
  const type = TENSOR_TYPES[table.int8(1, 0)];
  if (type === undefined) throw new Error(`tensor ${name}: expected float32 or int32, found type ${table.int8(1, 0)}`);
  if (table.table(4)?.ints(2).length) throw new Error(`tensor ${name}: expected no quantisation, found scales`);
  const shape = table.ints(0);
  // Buffer 0 is the empty one that every computed tensor names.
  const raw = buffers[table.uint32(2, 0)]?.bytes(0);
  if (raw === undefined || raw.byteLength === 0) return { name, shape, type, data: undefined };
  const count = shape.reduce((product, side) => product * side, 1);
  if (raw.byteLength !== count * 4) {
    throw new Error(`tensor ${name}: expected ${count * 4} bytes, found ${raw.byteLength}`);
  }
  // Copied, because the vectors of a file need not lie on a multiple of four in memory.
  const copy = raw.slice().buffer;
  return { name, shape, type, data: type === 'float32' ? new Float32Array(copy) : new Int32Array(copy) };
}

/**
 * A FlatBuffers table. Fields are asked for by their position in the schema; an absent one gives the default.
 * Reading past the end of the file throws a RangeError.
 */
export class FlatTable {
  /** A table without any field. */
  static readonly EMPTY = new FlatTable(new DataView(new Uint8Array([4, 0, 4, 0, 4, 0, 0, 0]).buffer), 4);
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  int8(field: number, absent: number): number {
    const at = this.#find(field);
    return at === undefined ? absent : this.#view.getInt8(at);
  }

  int32(field: number, absent: number): number {
    const at = this.#find(field);
    return at === undefined ? absent : this.#view.getInt32(at, true);
  }

  uint32(field: number, absent: number): number {
    const at = this.#find(field);
    return at === undefined ? absent : this.#view.getUint32(at, true);
  }

  table(field: number): FlatTable | undefined {
    const at = this.#find(field);
    return at === undefined ? undefined : new FlatTable(this.#view, this.#follow(at));
  }

  tables(field: number): readonly FlatTable[] {
    const { start, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, at) => new FlatTable(this.#view, this.#follow(start + at * 4)));
  }

  ints(field: number): readonly number[] {
    const { start, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, at) => this.#view.getInt32(start + at * 4, true));
  }

  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field, 1);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  /** Where the items of a vector begin and how many there are; none when it is absent. */
  #vector(field: number, width: number): { readonly start: number; readonly length: number } {
    const at = this.#find(field);
    if (at === undefined) return { start: 0, length: 0 };
    const start = this.#follow(at) + 4;
    const length = this.#view.getUint32(start - 4, true);
    if (start + length * width > this.#view.byteLength) throw new RangeError('a vector goes past the end of the file');
    return { start, length };
  }

  /** Where the field lies: the table begins with the distance back to its list of field offsets. */
  #find(field: number): number | undefined {
    const list = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + field * 2;
    if (slot >= this.#view.getUint16(list, true)) return undefined;
    const offset = this.#view.getUint16(list + slot, true);
    return offset === 0 ? undefined : this.#at + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }
}
