import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { TEST_STATION, testKeys } from '../fixtures/journal.ts';
import { tempFolder } from '../fixtures/temp.ts';

/** `THUENGBAN_KILLS=1000 THUENGBAN_SEED=7` for the long run. */
const kills = Number(process.env['THUENGBAN_KILLS'] ?? 40);
const seed = Number(process.env['THUENGBAN_SEED'] ?? 1);
const CHILD = new URL('../fixtures/keep-child.ts', import.meta.url);

interface Confirmed {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

/** mulberry32: the same numbers for the same seed. */
function random(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`killed ${kills} times at random points (seed ${seed}): nothing that was confirmed is lost, the epoch stays`, {
  timeout: 30_000 + kills * 3_000,
}, async () => {
  using folder = tempFolder();
  const next = random(seed);
  const confirmed: Confirmed[] = [];
  const reasons: string[] = [];
  for (let life = 0; life < kills; life++) {
    const child = fork(CHILD, [folder.path], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const gone = once(child, 'exit');
    const killAfter = Math.floor(next() * 12);
    const delayMs = next() * 8;
    let heard = 0;
    child.on('message', (said: Confirmed | { readonly reason: string }) => {
      if ('reason' in said) reasons.push(said.reason);
      else confirmed.push(said);
      // Not in step with the writes: in the middle of one as often as not.
      if (heard++ === killAfter) setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    await gone;
  }
  expect(reasons).toEqual([]);
  await using journal = new KeptJournal({
    dataDir: folder.path,
    station: TEST_STATION,
    clock: fixedClock(),
    keys: testKeys(),
    config: { maxBytes: 1_000_000_000, ballastBytes: 0 },
    onSetAside: (reason) => reasons.push(reason),
  });
  expect(reasons).toEqual([]);
  expect(confirmed.length).toBeGreaterThan(kills);
  const kept = new Map(journal.list(0, 1_000_000).map(({ seq, hash }) => [seq, hash]));
  expect(confirmed.filter(({ epoch, seq, hash }) => epoch !== journal.epoch || kept.get(seq) !== hash)).toEqual([]);
  expect(new Set(confirmed.map(({ seq }) => seq)).size).toBe(confirmed.length);
  expect(journal.verify()).toMatchObject({ whole: true });
  // A note and its event are both there or neither.
  const noted = new Set([...journal.notes()].map(({ seq }) => seq));
  expect([...kept.keys()].filter((seq) => seq > 1 && !noted.has(seq))).toEqual([]);
  expect([...noted].filter((seq) => !kept.has(seq))).toEqual([]);
  // At most one event a life was written and not told.
  expect(journal.counts().events).toBeLessThanOrEqual(1 + confirmed.length + kills * 2);
});
