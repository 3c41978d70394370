import { gunzipSync, gzipSync } from 'node:zlib';
import { MAX_ORDER_BYTES, MAX_ORDER_JSON_BYTES, orderSchema, type WorkOrder } from '../orders.ts';
import { type Refused, refused } from '../refusals.ts';
import { base64url, parseJson, signStatement, verifyStatement } from './jws.ts';
import type { KeyRegistry, OpeningKeys, SealingKey, Signer } from './keys.ts';
import { openJwe, sealBytes } from './sealed.ts';

const CONTENT = 'json+gzip';

/**
 * Seals a work order to one station and signs it: JSON → gzip → JWE (ECDH-ES over X25519, A256GCM) → JWS of the kind `orders`. A pointer
 * of the same kind can never be taken for it: a pointer's payload is JSON, this one's is a JWE.
 * @param to the station's receiving key
 * @param signer the server's key that gives orders
 * @returns the bytes of the file
 */
export async function sealOrders(order: WorkOrder, to: SealingKey, signer: Signer): Promise<Uint8Array> {
  const packed = gzipSync(Buffer.from(JSON.stringify(order)), { level: 9 });
  try {
    const sealed = signStatement('orders', Buffer.from(await sealBytes(packed, to, CONTENT)), signer);
    if (sealed.length > MAX_ORDER_BYTES) throw new RangeError(`a work order of ${sealed.length} bytes is too large`);
    return sealed;
  } finally {
    packed.fill(0);
  }
}

/** Who opens an order, and what was taken over before. */
export interface OrderReader {
  readonly station: string;
  /** Keys that the station believes. */
  readonly keys: KeyRegistry;
  /** The station's receiving keys. */
  readonly opening: OpeningKeys;
  /** Milliseconds since 1970, not before the newest time that the reader has proof of. */
  readonly nowMs: number;
  /** Newest revision of this order that was taken over, 0 = none. */
  lastRev(id: string): number;
}

/**
 * Opens a work order. Whatever is wrong with it, nothing of it is told but names of fields and keys.
 * @returns the order, or `too-large` · those of {@link verifyStatement} · `wrong-key` (no key that gives orders, or sealed to another
 * station) · `unknown-key` · `garbage` · `invalid` · `wrong-station` · `expired` (the lease is over) · `replayed` (an older revision)
 */
export async function openOrders(
  bytes: Uint8Array,
  reader: OrderReader,
): Promise<{ readonly kind: 'opened'; readonly order: WorkOrder; readonly hash: string } | Refused> {
  const verified = verifyStatement('orders', bytes, reader.keys, reader.nowMs, MAX_ORDER_BYTES);
  if (verified.kind === 'refused') return verified;
  if (verified.station !== null) return refused('wrong-key', `${verified.kid} is a station's`);
  const opened = await openJwe(Buffer.from(verified.payload).toString('latin1'), reader.opening);
  if (opened.kind === 'refused') return opened;
  const said = unpack(opened.plaintext);
  opened.plaintext.fill(0);
  if (said.kind === 'refused') return said;
  const parsed = orderSchema.safeParse(said.document);
  if (!parsed.success) return refused('invalid', placesOf(parsed.error.issues));
  const order = parsed.data;
  if (order.station !== reader.station) return refused('wrong-station', `order ${order.id}`);
  if (reader.nowMs >= Date.parse(order.validUntil)) return refused('expired', `order ${order.id} rev ${order.rev}`);
  const lastRev = reader.lastRev(order.id);
  if (order.rev < lastRev) return refused('replayed', `order ${order.id} rev ${order.rev} after ${lastRev}`);
  return { kind: 'opened', order, hash: verified.hash };
}

function unpack(packed: Uint8Array): { readonly kind: 'unpacked'; readonly document: unknown } | Refused {
  let json: Buffer;
  try {
    json = gunzipSync(packed, { maxOutputLength: MAX_ORDER_JSON_BYTES });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? refused('too-large', 'it unpacks to too much')
      : refused('garbage', 'it does not unpack');
  }
  const document = parseJson(json);
  json.fill(0);
  return { kind: 'unpacked', document };
}

/** Names of fields that this program knows, never of what the document calls its own. */
function placesOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  return issues
    .slice(0, 5)
    .map(({ path }) => path.map((part) => (typeof part === 'number' ? part : KNOWN.has(String(part)) ? part : '?')))
    .map((path) => path.map(String).join('.') || 'order')
    .join(', ');
}

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(orderSchema.shape),
  ...Object.keys(orderSchema.shape.people.element.shape),
  ...Object.keys(orderSchema.shape.villages.element.shape),
  ...Object.keys(orderSchema.shape.staff.element.shape),
  ...Object.keys(orderSchema.shape.about.shape),
]);

/**
 * The same file in fewer bytes, for pictures: both base64 layers are taken off. @returns `undefined` when it is no file of
 * {@link sealOrders}, or not spelled as that one writes it
 */
export function packOrders(file: Uint8Array): Uint8Array | undefined {
  const outer = decoded(Buffer.from(file).toString('latin1'));
  const inner = outer?.[1] ? decoded(Buffer.from(outer[1]).toString('latin1')) : undefined;
  if (outer?.length !== 3 || inner?.length !== 5) return undefined;
  const [head, , signature] = outer as [Buffer, Buffer, Buffer];
  const packed = framed([head, signature, ...inner]);
  const again = unpackOrders(packed);
  return again && Buffer.compare(again, file) === 0 ? packed : undefined;
}

/** Undoes {@link packOrders}. @returns the file, byte for byte, or `undefined` */
export function unpackOrders(packed: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  const view = Buffer.from(packed);
  for (let at = 0; at < view.length; ) {
    if (at + 4 > view.length || parts.length === 7) return undefined;
    const size = view.readUInt32BE(at);
    if (at + 4 + size > view.length) return undefined;
    parts.push(view.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  const [head, signature, ...inner] = parts;
  if (!head || !signature || inner.length !== 5) return undefined;
  const payload = base64url(Buffer.from(inner.map(base64url).join('.')));
  return Buffer.from(`${base64url(head)}.${payload}.${base64url(signature)}`);
}

function decoded(text: string): readonly Buffer[] | undefined {
  return /^[\w.-]+$/.test(text) ? text.split('.').map((part) => Buffer.from(part, 'base64url')) : undefined;
}

function framed(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(part.length);
      return [size, part];
    }),
  );
}
