import { createPublicKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  controlSigner,
  ingestSigner,
  keyOf,
  NOW_MS,
  OTHER_STATION,
  registry,
  STATION,
  stationSigner,
} from '../../../tests/fixtures/contract/keys.ts';
import { syntheticOrder } from '../../roster/synthetic-order.ts';
import { orderSchema, type WorkOrder } from '../orders.ts';
import { keyName, publicJwk } from '../trust.ts';
import { signStatement } from './jws.ts';
import { type OrderReader, openOrders, packOrders, sealOrders, unpackOrders } from './orders.ts';
import { sealBytes } from './sealed.ts';
import { signServerWord } from './server-word.ts';

const receiving = keyOf('x25519', 'station-receiving');
const to = { kid: keyName(receiving), key: createPublicKey(receiving) };
const order: WorkOrder = orderSchema.parse(
  syntheticOrder({
    seed: 1,
    station: STATION,
    people: 12,
    villages: 4,
    tambons: 2,
    day: '2026-11-22',
    days: 5,
    rev: 3,
  }),
);
const reader: OrderReader = {
  station: STATION,
  keys: registry,
  opening: (kid) => (kid === to.kid ? receiving : undefined),
  nowMs: NOW_MS,
  lastRev: () => 0,
};
const sealDocument = async (document: unknown, signer = controlSigner) =>
  signStatement(
    'orders',
    Buffer.from(await sealBytes(gzipSync(Buffer.from(JSON.stringify(document))), to, 'json+gzip')),
    signer,
  );

test('TB-MSG-170 what was sealed to a station is what it opens, and nothing of it stands in the open', async () => {
  const file = await sealOrders(order, to, controlSigner);
  expect(await openOrders(file, reader)).toMatchObject({ kind: 'opened', order });
  const layers = Buffer.from(Buffer.from(file).toString().split('.')[1] ?? '', 'base64url').toString();
  for (const text of [Buffer.from(file).toString(), layers])
    for (const secret of [order.people[0]?.name.family ?? '', order.people[0]?.subject ?? ''])
      expect(text).not.toContain(secret);
  expect(publicJwk(receiving).crv).toBe('X25519');
});

test.each<[string, string, () => Promise<Uint8Array>, Partial<OrderReader>]>([
  ['signed by the key that acknowledges', 'wrong-key', () => sealOrders(order, to, ingestSigner), {}],
  ['signed by a station', 'wrong-key', () => sealOrders(order, to, stationSigner), {}],
  [
    'sealed to another station',
    'unknown-key',
    () => sealOrders(order, to, controlSigner),
    { opening: () => undefined },
  ],
  [
    'opened with another key',
    'wrong-key',
    () => sealOrders(order, to, controlSigner),
    { opening: () => keyOf('x25519', 'other') },
  ],
  [
    'of another station',
    'wrong-station',
    () => sealOrders({ ...order, station: OTHER_STATION }, to, controlSigner),
    {},
  ],
  [
    'whose lease is over',
    'expired',
    () => sealOrders(order, to, controlSigner),
    { nowMs: Date.parse(order.validUntil) },
  ],
  ['older than what was taken', 'replayed', () => sealOrders(order, to, controlSigner), { lastRev: () => 4 }],
  ['without a name', 'invalid', () => sealDocument({ ...order, people: [{ ...order.people[0], name: null }] }), {}],
  ['with an entry twice', 'invalid', () => sealDocument({ ...order, people: [order.people[0], order.people[0]] }), {}],
  ['in a village that is not there', 'invalid', () => sealDocument({ ...order, villages: [] }), {}],
  [
    'that swells',
    'too-large',
    async () =>
      signStatement(
        'orders',
        Buffer.from(await sealBytes(gzipSync(Buffer.alloc(33 * 1024 * 1024, ' ')), to, 'json+gzip')),
        controlSigner,
      ),
    {},
  ],
  ['too large to look at', 'too-large', async () => Buffer.alloc(8 * 1024 * 1024 + 1, 'a'), {}],
  [
    'that is a pointer',
    'garbage',
    async () =>
      signServerWord(
        'orders',
        { station: STATION, rev: 1, sha256: 'a'.repeat(64), size: 10, at: '2026-11-22T01:00:00.000Z' },
        controlSigner,
      ),
    {},
  ],
])('TB-MSG-171 a work order %s is refused as %s', async (_, code, make, rest) => {
  const refusal = await openOrders(await make(), { ...reader, ...rest });
  expect(refusal).toMatchObject({ kind: 'refused', code });
  // A refusal goes to the log.
  const said = JSON.stringify(refusal);
  for (const { name, subject } of order.people)
    for (const secret of [name.given, name.family, subject]) if (secret) expect(said).not.toContain(secret);
});

test('TB-MSG-171 whatever one byte is changed, or wherever it is cut, it is refused, and never a fault', async () => {
  const file = await sealOrders(
    { ...order, people: order.people.slice(0, 1), villages: order.villages },
    to,
    controlSigner,
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, by, isCut) => {
      const changed = isCut ? file.slice(0, at) : Uint8Array.from(file);
      if (!isCut) changed[at] = (changed[at] ?? 0) ^ by;
      expect((await openOrders(changed, reader)).kind).toBe('refused');
    }),
    { numRuns: 150 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await openOrders(bytes, reader)).kind).toBe('refused');
      expect((await openOrders(await sealDocumentBytes(bytes), reader)).kind).toBe('refused');
    }),
    { numRuns: 60 },
  );
});

const sealDocumentBytes = async (bytes: Uint8Array) =>
  signStatement('orders', Buffer.from(await sealBytes(gzipSync(bytes), to, 'json+gzip')), controlSigner);

test('packed for pictures it is smaller, and comes back byte for byte; what is packed wrongly is nothing', async () => {
  const file = await sealOrders(order, to, controlSigner);
  const packed = packOrders(file);
  expect(packed && Buffer.compare(unpackOrders(packed) ?? new Uint8Array(), file)).toBe(0);
  expect(packed?.length).toBeLessThan(file.length * 0.72);
  expect(packOrders(Buffer.from('no order'))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      unpackOrders(bytes);
      packOrders(bytes);
    }),
  );
});
