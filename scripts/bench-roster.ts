/**
 * `npm run bench:roster [-- --json] [-- --people N] [-- --notes N] [-- --seed N]`: a list of synthetic people merged, shown by village,
 * searched and put in order, the notes of a campaign folded, and what lists weigh on their way.
 */
import { createPublicKey } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openOrders, packOrders, sealOrders } from '../src/contract/envelope/orders.ts';
import { orderSchema } from '../src/contract/orders.ts';
import { toQrParts } from '../src/contract/qr-parts.ts';
import { FieldBook } from '../src/roster/field-book.ts';
import type { FieldEvent, VisitNote } from '../src/roster/field-event.ts';
import type { Order } from '../src/roster/order.ts';
import { Roster } from '../src/roster/roster.ts';
import { suggestedOrder } from '../src/roster/suggested-order.ts';
import { syntheticOrder } from '../src/roster/synthetic-order.ts';
import { controlSigner, keyOf, NOW_MS, registry } from '../tests/fixtures/contract/keys.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    people: { type: 'string', default: '5000' },
    notes: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
const TODAY = '2026-11-22';
const [count, notes, seed] = [Number(values.people), Number(values.notes), Number(values.seed)];
const make = (rev: number, villages: number, people: number) =>
  syntheticOrder({ seed, station: 'st-bench', people, villages, tambons: 8, day: TODAY, days: 5, rev });
const kept = (order: Order) => ({ order, from: 'file', sha256: '0'.repeat(64), takenAt: `${TODAY}T00:00:00.000Z` });

/** Milliseconds of each round, by the clock and of CPU time; rounds before the measured ones let the engine compile. */
function time(rounds: number, work: (round: number) => unknown) {
  const [taken, used]: [number[], number[]] = [[], []];
  for (let round = -2; round < rounds; round++) {
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    work(Math.max(0, round));
    const { user, system } = process.cpuUsage(cpu);
    if (round < 0) continue;
    taken.push(performance.now() - from);
    used.push((user + system) / 1_000);
  }
  const at = (values: readonly number[], part: number) => {
    const sorted = values.toSorted((a, b) => a - b);
    return Number((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(2));
  };
  return { p50: at(taken, 0.5), p95: at(taken, 0.95), cpu50: at(used, 0.5) };
}

const order = make(1, 85, count);
const outcomes: readonly Partial<VisitNote>[] = [
  { outcome: 'verified', nextStep: { id: 'all-done', where: null, due: null } },
  { outcome: 'referred', reason: 'card-expired', nextStep: { id: 'renew-card', where: 'อำเภอ', due: '2026-12-06' } },
  { outcome: 'not-served', reason: 'not-at-home', nextStep: { id: 'team-returns', where: null, due: '2026-11-25' } },
];
const events: readonly FieldEvent[] = Array.from({ length: notes }, (_, at) => {
  const person = order.people[(at * 7) % order.people.length];
  const note: VisitNote = {
    kind: 'visit',
    visitId: `v-${at}`,
    supersedes: at % 9 === 8 ? `ev-${at - 1}` : null,
    entry: person?.entry ?? null,
    subject: person?.subject ?? null,
    name: null,
    village: person?.village ?? null,
    outcome: 'verified',
    reason: null,
    nextStep: { id: 'all-done', where: null, due: null },
    receipt: `R-${at}`,
    place: 'bedside',
    consents: [{ purpose: 'face-comparison', given: true, how: 'touch', version: '2026-11' }],
    operator: 'op-1',
    form: null,
    representation: null,
    ...outcomes[at % 3],
  };
  return { eventId: `ev-${at}`, at: new Date(Date.parse(`${TODAY}T00:00:00Z`) + at * 5_000).toISOString(), note };
});
const book = FieldBook.of(events.slice(0, Math.floor(notes / 3)));
const roster = new Roster(book);
const merged = roster.merge(kept(order));
if (merged.kind === 'refused') throw new Error(merged.why);
roster.use(merged.list);
const options = { today: TODAY, subjectOf: () => order.people[17]?.subject ?? null };
const nameOf = (at: number) => order.people[(at * 131) % order.people.length]?.name ?? { given: '', family: '' };
/** As somebody may write it who has only heard it. */
const misspelt = (text: string) =>
  text
    .replaceAll('ศ', 'ส')
    .replaceAll('ณ', 'น')
    .replaceAll('\u0e4c', '')
    .replace(/(.{3})./u, '$1');
const newer = make(2, 85, count + 50);
const open = roster.villages(TODAY).map(({ code, left }) => ({
  code,
  left,
  due: null,
  at: order.villages.find((one) => one.code === code)?.at ?? null,
}));

const figures = {
  'merge of a revision': time(10, () => roster.merge(kept(newer))),
  'lists into use, everybody gathered': time(10, () => new Roster(book, [{ ...merged.list }]).entryOf('x')),
  'all villages with order': time(30, () => roster.villages(TODAY)),
  'one village': time(30, (round) => roster.village(order.villages[round % 85]?.code ?? '', TODAY)),
  'first search after a start': time(5, () => new Roster(book, [merged.list]).find('ก', options)),
  'first search after a walk-in': time(5, (round) => {
    const walkIn = { kind: 'walk-in', name: 'ก', village: '98010101', house: null, needs: [] } as const;
    book.apply({ eventId: `w-${round}`, at: `${TODAY}T00:00:00.000Z`, note: { ...walkIn, entry: `w-${round}` } });
    roster.find('ก', options);
  }),
  'find: name as it is': time(200, (round) => roster.find(`${nameOf(round).given} ${nameOf(round).family}`, options)),
  'find: name misspelt': time(200, (round) =>
    roster.find(misspelt(`${nameOf(round).given} ${nameOf(round).family}`), options),
  ),
  'find: first three letters': time(200, (round) => roster.find(nameOf(round).given.slice(0, 3), options)),
  'find: house number': time(200, (round) => roster.find(String(1 + (round % 200)), options)),
  'find: 13 digits': time(200, () => roster.find('1 2345 67890 12 3', options)),
  'one person': time(200, (round) => roster.person(order.people[round * 20]?.entry ?? '', TODAY)),
  [`fold of ${notes} notes`]: time(10, () => FieldBook.of(events)),
  'figures of a day': time(20, () => roster.day(TODAY)),
  'order of 85 villages for 5 days': time(20, () => suggestedOrder(open, 5, TODAY)),
};
/** Bytes, QR codes and milliseconds of a list on its way. */
async function onTheWay(people: number) {
  const document = orderSchema.parse(make(1, 85, people));
  const receiving = keyOf('x25519', 'bench');
  const to = { kid: 'bench', key: createPublicKey(receiving) };
  const from = performance.now();
  const file = await sealOrders(document, to, controlSigner);
  const sealed = performance.now();
  const reader = { station: 'st-bench', keys: registry, opening: () => receiving, nowMs: NOW_MS, lastRev: () => 0 };
  const opened = await openOrders(file, reader);
  const ended = performance.now();
  if (opened.kind === 'refused') throw new Error(opened.detail);
  const packed = packOrders(file) ?? file;
  const qr = packed.length > 400_000 ? null : toQrParts(packed, 500).length;
  const json = JSON.stringify(document).length;
  return { json, file: file.length, qr, sealMs: Math.round(sealed - from), openMs: Math.round(ended - sealed) };
}
const way = { [count]: await onTheWay(count), 124: await onTheWay(124), 37: await onTheWay(37) };
const top = roster.find(misspelt(`${nameOf(3).given} ${nameOf(3).family}`), options);
if (top.length === 0) throw new Error('a misspelt name finds nobody');
if (values.json) process.stdout.write(`${JSON.stringify({ seed, people: count, notes, ms: figures, files: way })}\n`);
else {
  process.stdout.write(`${count} people in 85 villages, ${notes} notes, seed ${seed}; ${cpus()[0]?.model}\n`);
  for (const [name, { p50, p95, cpu50 }] of Object.entries(figures))
    process.stdout.write(`${name.padEnd(40)} p50 ${p50} ms, p95 ${p95} ms, of CPU time p50 ${cpu50} ms\n`);
  for (const [people, { json, file, qr, sealMs, openMs }] of Object.entries(way))
    process.stdout.write(
      `${people} people: ${json} bytes of JSON, ${file} sealed, ${qr ?? 'too many'} QR codes, sealed in ${sealMs} ms, opened in ${openMs} ms\n`,
    );
}
