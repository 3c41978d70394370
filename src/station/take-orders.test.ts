import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { controlSigner, ingestSigner, keyOf, NOW_MS, registry } from '../../tests/fixtures/contract/keys.ts';
import { testJournal } from '../../tests/fixtures/journal.ts';
import { smallOrder, TODAY, visitNote } from '../../tests/fixtures/roster.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { packOrders, sealOrders } from '../contract/envelope/orders.ts';
import { orderSchema } from '../contract/orders.ts';
import { QrCollector, toQrParts } from '../contract/qr-parts.ts';
import { KeptLists } from '../roster/drivers/kept/kept-lists.ts';
import { MemoryLists } from '../roster/drivers/memory/memory-lists.ts';
import type { Order } from '../roster/order.ts';
import type { ListStore } from '../roster/port.ts';
import { forgetEnded, openRoster } from './open-roster.ts';
import { ordersTaker } from './take-orders.ts';

const receiving = keyOf('x25519', 'station-receiving');
const to = { kid: 'receiving-1', key: createPublicKey(receiving) };
const sealed = (order: Order, signer = controlSigner) => sealOrders(orderSchema.parse(order), to, signer);

function bench(store: ListStore = new MemoryLists(), journal: Parameters<typeof openRoster>[1] = { notes: () => [] }) {
  const roster = openRoster(store, journal, () => undefined);
  const opening = (kid: string) => (kid === to.kid ? receiving : undefined);
  const options = { station: 'st-test', keys: registry, opening, store, roster, nowMs: () => NOW_MS };
  return { roster, store, options, take: ordersTaker(options) };
}

test('a work order is taken over once; a newer one changes it, an older or another one of its number is refused', async () => {
  const { take, roster, options } = bench();
  const order = smallOrder({ rev: 2 });
  const file = await sealed(order);
  // Both at once: one after the other, and the second finds it there.
  const both = await Promise.all([take(file, 'stick'), take(file, 'file')]);
  expect(both).toMatchObject([
    { kind: 'taken', added: 12, changed: 0, removed: 0, kept: 0, isKnown: false, people: 12, from: 'stick', rev: 2 },
    { kind: 'taken', added: 0, changed: 0, removed: 0, kept: 12, isKnown: true },
  ]);
  // Sealed anew it is another file of the same words.
  expect(await take(await sealed(order), 'file')).toMatchObject({ kept: 12, isKnown: true });
  const people = order.people.slice(1).map((person, at) => (at === 0 ? { ...person, house: '999' } : person));
  expect(await take(await sealed({ ...order, people }), 'file')).toMatchObject({ code: 'replayed' });
  const newer = await take(await sealed({ ...order, rev: 3, people }), 'server');
  expect(newer).toMatchObject({ added: 0, changed: 1, removed: 1, kept: 10, isKnown: false });
  expect(await take(file, 'stick')).toMatchObject({ code: 'replayed' });
  expect(await take(await sealed({ ...order, rev: 4 }, ingestSigner), 'stick')).toMatchObject({ code: 'wrong-key' });
  expect(await ordersTaker({ ...options, keys: null })(file, 'stick')).toMatchObject({ code: 'unknown-key' });
  expect(roster.lists()).toMatchObject([{ rev: 3, people: 11 }]);
});

test('by QR codes it comes in the same way', async () => {
  const { take } = bench();
  const parts = toQrParts(packOrders(await sealed(smallOrder())) ?? new Uint8Array(), 500);
  const collector = new QrCollector();
  const last = parts
    .toReversed()
    .map((part) => collector.add(part))
    .at(-1);
  if (last?.kind !== 'whole') throw new Error('not whole');
  expect(await take(last.bytes, 'qr')).toMatchObject({ kind: 'taken', added: 12, from: 'qr' });
});

test('after a restart everything is there: lists, what was recorded, who was struck off; after the lease the list is not', async () => {
  using folder = tempFolder();
  await using journal = testJournal({ path: join(folder.path, 'journal.sqlite') });
  const open = () => bench(new KeptLists(join(folder.path, 'lists'), Buffer.alloc(32, 7)), journal);
  const order = smallOrder();
  const [first] = order.people;
  await open().take(await sealed(order), 'file');
  const note = visitNote({ entry: first?.entry ?? '', subject: first?.subject ?? '' });
  await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' }, note: { ...note } });
  const struck = { ...order, rev: 2, people: order.people.slice(1) };
  expect(await open().take(await sealed(struck), 'file')).toMatchObject({ added: 0, removed: 0, kept: 12 });
  const { roster, store, take } = open();
  expect(roster.person(first?.entry ?? '', TODAY)).toMatchObject({ state: 'served' });
  expect(roster.day(TODAY).isReconciled).toBe(true);
  expect(forgetEnded(roster, store, order.validUntil)).toEqual([order.id]);
  expect([open().roster.lists(), open().store.lastRev(order.id)]).toEqual([[], 2]);
  expect(await take(await sealed(order), 'file')).toMatchObject({ code: 'replayed' });
});
