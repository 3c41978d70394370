import { readSync, writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { StationFault } from '../../../shared/fault.ts';
import { type Template, wipe } from '../../port.ts';
import type { ChildAnswer, Task, TaskKind } from './messages.ts';

/**
 * The pipe between the engine and its process. Node's own channel copies every message through buffers that nobody can reach to
 * overwrite; here pictures are written from where they lie, and read into memory that the reader overwrites.
 * A message is its length (uint32, little endian) and so many bytes: a task is a kind and a picture, an answer is what
 * {@link serialize} makes of it without the template, then the template's bytes.
 */
export const PIPE_FD = 3;

const KINDS: readonly TaskKind[] = ['guide', 'acquire-reference', 'acquire-probe', 'forget'];
const LENGTH = 4;
/** A picture of 220 million pixels is smaller; more is not a message. */
const MOST_BYTES = 2 ** 28;

/** In the process: waits for the next task. @returns `undefined` when the station has ended */
export function readTask(): Task | undefined {
  const length = readExactly(LENGTH)?.readUInt32LE();
  const bytes = length === undefined ? undefined : readExactly(length);
  const kind = KINDS[bytes?.[0] ?? -1];
  return bytes === undefined || kind === undefined ? undefined : { kind, image: bytes.subarray(1) };
}

/** In the process: answers; the template is overwritten. */
export function writeAnswer(answer: ChildAnswer): void {
  const { template, rest } = withoutTemplate(answer);
  const body = serialize({ rest, vector: template?.vector.length, patch: template?.patch?.length });
  const parts = [uint32(body.length), body, bytesOf(template?.vector), bytesOf(template?.patch)];
  const whole = Buffer.concat([uint32(parts.reduce((sum, { length }) => sum + length, 0)), ...parts]);
  for (let at = 0; at < whole.length; ) at += writeSync(PIPE_FD, whole, at);
  whole.fill(0);
  if (template) wipe(template);
}

/** In the station: sends tasks and hears answers. */
export class TaskPipe {
  readonly #stream: Duplex;
  #expected: number | undefined;

  constructor(stream: Duplex, onAnswer: (answer: ChildAnswer) => void, onError: (error: Error) => void) {
    this.#stream = stream;
    // Its end is the end of the process, which is told elsewhere.
    stream.on('error', () => undefined);
    stream.on('readable', () => {
      try {
        for (let bytes = this.#read(); bytes !== undefined; bytes = this.#read()) onAnswer(readAnswer(bytes));
      } catch (error) {
        onError(error as Error);
      }
    });
  }

  send({ kind, image }: Task): void {
    const head = Buffer.alloc(LENGTH + 1);
    head.writeUInt32LE(1 + image.length);
    head[LENGTH] = KINDS.indexOf(kind);
    this.#stream.write(head);
    this.#stream.write(image);
  }

  #read(): Buffer | undefined {
    this.#expected ??= (this.#stream.read(LENGTH) as Buffer | null)?.readUInt32LE();
    if (this.#expected === undefined) return undefined;
    if (this.#expected > MOST_BYTES) throw new StationFault('FACE_ENGINE', 'face', 'the face process sent garbage');
    const bytes = this.#stream.read(this.#expected) as Buffer | null;
    if (bytes === null) return undefined;
    this.#expected = undefined;
    return bytes;
  }
}

function readAnswer(bytes: Buffer): ChildAnswer {
  const from = LENGTH + bytes.readUInt32LE();
  const { rest, vector, patch } = deserialize(bytes.subarray(LENGTH, from)) as {
    readonly rest: ChildAnswer;
    readonly vector?: number;
    readonly patch?: number;
  };
  if (vector === undefined || rest.kind !== 'found' || !('template' in rest.finding)) return rest;
  // Copied out, so that there is one place to overwrite.
  const values = new Float32Array(vector);
  const pixels = patch === undefined ? {} : { patch: new Uint8Array(patch) };
  const end = from + values.byteLength;
  new Uint8Array(values.buffer).set(bytes.subarray(from, end));
  pixels.patch?.set(bytes.subarray(end, end + pixels.patch.length));
  bytes.fill(0);
  const template = { ...rest.finding.template, vector: values, ...pixels };
  return { ...rest, finding: { ...rest.finding, template } };
}

function withoutTemplate(answer: ChildAnswer): { readonly template?: Template; readonly rest: object } {
  if (answer.kind !== 'found' || !('template' in answer.finding)) return { rest: answer };
  const { template } = answer.finding;
  return { template, rest: { ...answer, finding: { ...answer.finding, template: { model: template.model } } } };
}

function readExactly(length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const count = readSync(PIPE_FD, bytes, at, length - at, null);
    if (count === 0) return undefined;
    at += count;
  }
  return bytes;
}

const bytesOf = (values: Float32Array | Uint8Array | undefined) =>
  values === undefined ? Buffer.alloc(0) : Buffer.from(values.buffer, values.byteOffset, values.byteLength);

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(LENGTH);
  bytes.writeUInt32LE(value);
  return bytes;
}
