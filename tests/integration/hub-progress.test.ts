import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seal } from '../../src/contract/envelope/sealed.ts';
import { orderSchema } from '../../src/contract/orders.ts';
import { publicJwk } from '../../src/contract/trust.ts';
import { commitBatch } from '../../src/hub/commit-batch.ts';
import { migrate } from '../../src/hub/migrate.ts';
import { Months } from '../../src/hub/months.ts';
import { openDatabase } from '../../src/hub/open-database.ts';
import { runVault } from '../../src/hub/vault.ts';
import { FieldBook } from '../../src/roster/field-book.ts';
import { Roster } from '../../src/roster/roster.ts';
import { COMPLETED, record } from '../fixtures/contract/events.ts';
import { NOW_MS, openingKeys, sealingKey } from '../fixtures/contract/keys.ts';
import { eventAt, idOf, judgedOf, signerFor } from '../fixtures/hub/chain.ts';
import { keptList, smallOrder } from '../fixtures/roster.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const ATTEMPTED = 'th.thuengban.visit.attempted.v1';

test('TB-MSG-177 a budget of three lasts over two stations: two captures here and one there are all of it, and none counts twice', async () => {
  using folder = tempFolder();
  const at = (name: string) => join(folder.path, name);
  const validUntil = new Date(Date.now() + 86_400_000).toISOString();
  const order = smallOrder({ pseudonymKey: 'k'.repeat(43), validUntil });
  const person = order.people.find(({ subject }) => subject !== null) ?? expect.fail('nobody has a pseudonym');
  const subject = person.subject ?? '';
  const campaign = { programme: order.programme, campaign: order.campaign };
  const attempt = (n: number) => ({ visitId: 'v', subject, campaign: order.campaign, attempt: n, result: 'non-match' });
  {
    await using database = await openDatabase(at('db'));
    await migrate(database, 'hub');
    await migrate(database, 'vault');
    await new Months(database).ensure(NOW_MS);
    const said: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
      'st-test': [
        [ATTEMPTED, attempt(1)],
        [ATTEMPTED, attempt(2)],
      ],
      'st-other': [
        [ATTEMPTED, attempt(1)],
        [COMPLETED, { ...record, ...campaign, subject, entry: person.entry, visitId: 'v-9', receipt: '7KQ2-M8XD' }],
      ],
    };
    for (const [station, events] of Object.entries(said)) {
      const { kid, key } = signerFor(station);
      await database.transaction((sql) =>
        sql.query('INSERT INTO station_key (kid, station, x) VALUES ($1, $2, $3)', [
          kid,
          station,
          publicJwk(key, kid).x,
        ]),
      );
      let prev: string | null = null;
      for (const [n, [type, data]] of events.entries()) {
        const sealed = await seal({ ...data }, sealingKey);
        const id = idOf((station === 'st-test' ? 100 : 200) + n);
        const event = eventAt(station, { seq: n + 1, prev, id, type, data: sealed });
        await commitBatch(database, judgedOf(station, [event.message]), NOW_MS);
        prev = event.hash;
      }
    }
    const options = { database, keys: openingKeys, opener: 'test', nowMs: () => NOW_MS, report: () => undefined };
    await runVault(options, true, new AbortController().signal);
  }
  writeFileSync(at('order.json'), JSON.stringify(order));
  const progress = (...args: readonly string[]) =>
    thuengban(['hub', 'progress', at('order.json'), '--db', at('db'), '--json', ...args]);
  const said = await progress('--out', at('next.json'));
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(said.stdout)).toMatchObject({ rev: 2, isChanged: true, known: 1, attempts: 1, walkIns: 0 });
  expect(statSync(at('next.json')).mode & 0o777).toBe(0o600);
  const next = orderSchema.parse(JSON.parse(readFileSync(at('next.json'), 'utf8')));

  // The station that made two of the three remembers them too.
  const book = new FieldBook();
  const roster = new Roster(book, [keptList(next)]);
  for (const eventId of ['a', 'b'])
    book.apply({ eventId, at: new Date(NOW_MS).toISOString(), note: { kind: 'attempt', ...attempt(1) } });
  expect(roster.attemptsOf(subject)).toEqual({ used: 3, allowed: 3 });
  expect(roster.person(person.entry, '2026-11-22')).toMatchObject({
    state: 'new-card',
    last: { outcome: 'referred', receipt: '7KQ2-M8XD', isElsewhere: true },
    referral: { visitId: 'v-9', closed: null },
  });
  writeFileSync(at('order.json'), JSON.stringify({ ...order, validUntil: order.issuedAt }));
  expect(JSON.parse((await progress()).stdout).fault.code).toBe('HUB_ORDERS');
}, 60_000);
