import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tempFolder } from '../fixtures/temp.ts';
import { Guest, makeDisk, type Told } from './guest.ts';

const CUTS = Number(process.env['THUENGBAN_VM_CUTS'] ?? 5);
const SEED = Number(process.env['THUENGBAN_VM_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const MOST_RECORDS = 60;
/** About the time that one record takes, so that cuts fall before, in and after a write. */
const LONGEST_PAUSE_MS = 40;

/** The last numbers that the guest told as being on the disk. */
interface Acknowledged {
  readonly journal: number;
  readonly settings: number;
}

let folder: ReturnType<typeof tempFolder>;
let disk: string;
let acknowledged: Acknowledged = { journal: 0, settings: 0 };
beforeAll(() => {
  folder = tempFolder();
  disk = makeDisk(join(folder.path, 'disk.img'));
});
afterAll(() => folder[Symbol.dispose]());

const random = mulberry(SEED);
const last = (told: readonly Told[], event: string) => Number(told.findLast((one) => one.event === event)?.['seq']);

/** Boots, lets it write this many records and a moment more, and pulls the plug. */
async function writeAndCut(records: number, pauseMs: number): Promise<readonly Told[]> {
  await using guest = new Guest({ script: 'power', disk, hasWatchdog: false });
  const told: Told[] = [];
  for await (const one of guest.told()) {
    told.push(one);
    if (told.filter(({ event }) => event === 'saved').length >= records) break;
  }
  // The moment of the cut is what is drawn here; nothing is waited for.
  await setTimeout(pauseMs);
  return [...told, ...(await guest.cutPower())];
}

function expectNothingLost(found: Told | undefined): void {
  expect(found, 'what is on the disk').toMatchObject({ journal: { whole: true }, isFallback: false });
  const events = (found?.['journal'] as { readonly events?: number } | undefined)?.events;
  expect(events, 'records in the journal').toBeGreaterThanOrEqual(acknowledged.journal);
  // At most what was under way when the power went.
  expect(events, 'records in the journal').toBeLessThanOrEqual(acknowledged.journal + 1);
  expect(Number(found?.['settings']), 'the settings').toBeGreaterThanOrEqual(acknowledged.settings);
  if (acknowledged.journal > 0)
    expect(Number(found?.['control']), 'a file that nobody brings to the disk').toBeLessThan(acknowledged.journal);
}

test.each(Array.from({ length: CUTS + 1 }, (_, cuts) => cuts))(
  `after %i power cuts everything acknowledged is there (seed ${SEED})`,
  async () => {
    const told = await writeAndCut(1 + Math.floor(random() * MOST_RECORDS), random() * LONGEST_PAUSE_MS);
    expectNothingLost(told.find(({ event }) => event === 'found'));
    acknowledged = { journal: last(told, 'appended'), settings: last(told, 'saved') };
  },
);

/** Mulberry32: the same numbers, 0..1, for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
