/**
 * `npm run soak:card [-- --cycles N] [-- --pcsc] [-- --json]`: cards put in, read and pulled, some pulled or silent in
 * mid-read, and whether memory, handles and files grow by it. On the simulated reader, or through pcscd.
 * Exit 1 when a cycle ended otherwise than its card should, or when something grew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CardEvent, CardReader } from '../src/peripherals/card/port.ts';
import { readThaiId } from '../src/peripherals/card/read-thai-id.ts';
import { wipeCard } from '../src/peripherals/card/thai-id-card.ts';
import { listPcscReaders, openPcscReader, virtualCards } from '../src/station/registry.ts';
import { makeCardPhoto } from '../tests/fixtures/card-photo.ts';

const { values } = parseArgs({
  options: { cycles: { type: 'string' }, pcsc: { type: 'boolean' }, json: { type: 'boolean' } },
});
const cycles = Number(values.cycles ?? (values.pcsc ? 100 : 10_000));
if (!Number.isInteger(cycles) || cycles < 10) throw new Error('--cycles is a whole number from 10 on');
const { signal } = new AbortController();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Every tenth card is pulled in mid-read, every 25th falls silent. */
function scriptOf(cycle: number): { readonly faults: { yankAt?: number; muteAt?: number }; readonly expected: string } {
  if (cycle % 25 === 24) return { faults: { muteAt: 12 }, expected: 'CARD_TIMEOUT' };
  if (cycle % 10 === 9) return { faults: { yankAt: 12 }, expected: 'CARD_REMOVED' };
  return { faults: {}, expected: 'read' };
}

/** MB resident, of this process and of its children. */
function residentMb(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
  const pages = [`${process.pid}`, ...children.split(' ').filter((pid) => pid !== '')].map((pid) => {
    try {
      return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    } catch {
      return 0;
    }
  });
  return Math.round((pages.reduce((sum, count) => sum + count, 0) * 4_096) / 1e5) / 10;
}

function sample(cycle: number) {
  collect();
  return {
    cycle,
    residentMb: residentMb(),
    heapMb: Math.round(process.memoryUsage().heapUsed / 1e5) / 10,
    handles: process.getActiveResourcesInfo().length,
    files: readdirSync('/proc/self/fd').length,
  };
}

interface Slot extends AsyncDisposable {
  readonly reader: CardReader;
  readonly apduLimitMs: number;
  insert(card: ConstructorParameters<typeof VirtualCard>[0]): Promise<Uint8Array>;
  pull(): Promise<void>;
}
const { VirtualCard, makePerson, insertVirtualCard, SimulatedCardReader, startVirtualPcscd } = await virtualCards();

async function openSlot(): Promise<Slot> {
  if (!values.pcsc) {
    const reader = new SimulatedCardReader();
    return {
      reader,
      apduLimitMs: 2,
      insert: async (options) => {
        reader.insert(new VirtualCard(options));
        return options.atr;
      },
      pull: async () => reader.pull(),
      [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
    };
  }
  const listReaders = (stop: AbortSignal) => listPcscReaders('smartcard', stop);
  const pcscd = await startVirtualPcscd({ signal, listReaders, port: undefined });
  const reader = await openPcscReader({ backend: 'smartcard', reader: null, except: null, virtualOnly: true });
  let inserted: Awaited<ReturnType<typeof insertVirtualCard>> | undefined;
  return {
    reader,
    apduLimitMs: 500,
    insert: async (options) => {
      inserted = await insertVirtualCard(new VirtualCard(options), { port: pcscd.slots[0] ?? 0, signal });
      return options.atr;
    },
    pull: async () => await inserted?.pull(),
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await pcscd.stop();
    },
  };
}

const photoJpeg = await makeCardPhoto();
const people = (['normal', 'lifetime', 'atr-3b67', 'apdu-level'] as const).map((id) =>
  makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false }),
);
await using slot = await openSlot();
const events = slot.reader.events(signal)[Symbol.asyncIterator]();
const until = async (kind: CardEvent['kind']) => {
  while ((await events.next()).value?.kind !== kind);
};
const wrong: string[] = [];
const samples: ReturnType<typeof sample>[] = [];
const startedAt = performance.now();
// The first cycles load code and fill caches; what grows after them is a leak.
const warm = Math.ceil(cycles / 10);
for (let cycle = 0; cycle < cycles; cycle++) {
  if (cycle === warm || cycle === Math.floor(cycles / 2)) samples.push(sample(cycle));
  const { faults, expected } = scriptOf(cycle);
  const person = people[cycle % people.length];
  if (person === undefined) break;
  const atr = await slot.insert({ ...person, faults });
  await until('card-inserted');
  const limits = { apduLimitMs: slot.apduLimitMs, readLimitMs: 10_000, withPhoto: true };
  const told = { onText: () => undefined, onProgress: () => undefined };
  const outcome = await readThaiId(slot.reader, { atr, signal, ...limits, ...told }).then(
    (card) => {
      wipeCard(card);
      return card.photo ? 'read' : 'read without photo';
    },
    (error: { code?: string }) => error.code ?? String(error),
  );
  if (outcome !== expected) wrong.push(`cycle ${cycle}: ${outcome}, not ${expected}`);
  await slot.pull();
  await until('card-removed');
}
samples.push(sample(cycles));
const [start, , end] = samples;
const grown = start && end ? { residentMb: Math.round((end.residentMb - start.residentMb) * 10) / 10 } : undefined;
const handles = (end?.handles ?? 0) - (start?.handles ?? 0);
const files = (end?.files ?? 0) - (start?.files ?? 0);
const report = {
  reader: slot.reader.name,
  cycles,
  seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  samples,
  grown: { ...grown, handles, files },
  wrong: wrong.slice(0, 20),
};
const row = (one: (typeof samples)[number]) =>
  `after ${one.cycle} cycles: ${one.residentMb} MB resident, ${one.heapMb} MB heap, ${one.handles} handles, ${one.files} files`;
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${[...samples.map(row), ...wrong].join('\n')}\n`);
if (wrong.length > 0 || handles > 3 || files > 3 || (grown?.residentMb ?? 0) > 30) process.exitCode = 1;
