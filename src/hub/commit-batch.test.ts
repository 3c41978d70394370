import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW_MS } from '../../tests/fixtures/contract/keys.ts';
import { chainOf, judgedOf } from '../../tests/fixtures/hub/chain.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { commitBatch } from './commit-batch.ts';
import { migrate } from './migrate.ts';
import { Months } from './months.ts';
import { openDatabase } from './open-database.ts';
import type { HubDatabase } from './port.ts';

const folder = tempFolder();
let database: HubDatabase;
beforeAll(async () => {
  database = await openDatabase(`${folder.path}/db`);
  await migrate(database, 'hub');
  await new Months(database).ensure(NOW_MS);
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const LENGTH = 12;
/** Any order in which each event comes at least once, and how it is cut into batches. */
const arrival = fc
  .record({
    order: fc.shuffledSubarray(
      Array.from({ length: LENGTH }, (_, n) => n),
      { minLength: LENGTH },
    ),
    again: fc.array(fc.record({ at: fc.nat(LENGTH * 2), event: fc.nat(LENGTH - 1) }), { maxLength: 20 }),
    cuts: fc.array(fc.nat(40), { maxLength: 8 }),
  })
  .map(({ order, again, cuts }) => {
    const arrivals = [...order];
    for (const { at, event } of again) arrivals.splice(at, 0, event);
    const ends = [...new Set([...cuts.filter((cut) => cut < arrivals.length), arrivals.length])].sort((a, b) => a - b);
    return ends.map((end, n) => arrivals.slice(ends[n - 1] ?? 0, end)).filter((batch) => batch.length > 0);
  });

test('TB-MSG-050 TB-MSG-131 whatever the order, the repetitions and the batches: the same table, watermark and verdict', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(arrival, async (batches) => {
      const station = `st-any-${run++}`;
      const messages = chainOf(station, LENGTH).map(({ message }) => message);
      let told: Awaited<ReturnType<typeof commitBatch>> | undefined;
      let duplicates = 0;
      for (const batch of batches) {
        const judged = judgedOf(
          station,
          batch.map((n) => messages[n] ?? new Uint8Array()),
        );
        told = await commitBatch(database, judged, NOW_MS);
        duplicates += told.counts.duplicates;
        expect(told.counts).toMatchObject({ quarantined: 0, deadLetters: 0, putOff: 0 });
      }
      expect(told?.chains).toMatchObject([{ mark: { upto: LENGTH, gaps: [] }, quarantined: [] }]);
      expect(duplicates).toBe(batches.flat().length - LENGTH);
      const rows = await database.transaction((sql) =>
        sql.query<{ body: string }>('SELECT body FROM event WHERE station = $1 ORDER BY seq', [station]),
      );
      expect(rows.map(({ body }) => body)).toEqual(messages.map((message) => Buffer.from(message).toString()));
    }),
    { numRuns: 40 },
  );
}, 60_000);
