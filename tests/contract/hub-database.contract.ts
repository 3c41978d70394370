import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signStatement } from '../../src/contract/envelope/jws.ts';
import { seal } from '../../src/contract/envelope/sealed.ts';
import { upTopic } from '../../src/contract/topics.ts';
import { publicJwk } from '../../src/contract/trust.ts';
import type { CommittedChain } from '../../src/hub/chains.ts';
import { commitBatch } from '../../src/hub/commit-batch.ts';
import { judge } from '../../src/hub/judge.ts';
import { migrate } from '../../src/hub/migrate.ts';
import { Months } from '../../src/hub/months.ts';
import { DatabaseAway, DatabaseRefused, type HubDatabase } from '../../src/hub/port.ts';
import { readProgress } from '../../src/hub/progress-records.ts';
import { runVault } from '../../src/hub/vault.ts';
import { COMPLETED, record } from '../fixtures/contract/events.ts';
import { NOW_MS, openingKeys, sealingKey } from '../fixtures/contract/keys.ts';
import { chainOf, eventAt, everybody, idOf, judgedOf, published, signerFor } from '../fixtures/hub/chain.ts';

/** What every database of the hub must do. `make` opens an empty one; it is opened once, each test has stations of its own. */
export function describeHubDatabase(name: string, make: () => Promise<HubDatabase>): void {
  describe(`hub database contract: ${name}`, () => {
    let database: HubDatabase;
    beforeAll(async () => {
      database = await make();
      await migrate(database, 'hub');
      await new Months(database).ensure(NOW_MS);
    }, 60_000);
    afterAll(() => database[Symbol.asyncDispose]());
    const commit = (...args: Parameters<typeof judgedOf>) => commitBatch(database, judgedOf(...args), NOW_MS);
    const rows = (text: string, station: string) => database.transaction((sql) => sql.query(text, [station]));
    const only = (chains: readonly CommittedChain[]) => {
      expect(chains).toHaveLength(1);
      return chains[0];
    };

    test('migrations run once', async () => {
      expect(await migrate(database, 'hub')).toEqual([]);
      expect(await migrate(database, 'vault')).toEqual(['001-vault.sql']);
      expect(await migrate(database, 'vault')).toEqual([]);
    });

    test('a transaction that fails leaves nothing, and the next one works', async () => {
      const attempt = database.transaction(async (sql) => {
        await sql.query("INSERT INTO station_key (kid, station, x) VALUES ('k', 'st-000', 'x')");
        throw new RangeError('a bug');
      });
      await expect(attempt).rejects.toThrow(RangeError);
      expect(await rows('SELECT * FROM station_key WHERE station = $1', 'st-000')).toEqual([]);
    });

    test('what the database will never take is told from what it cannot take now', async () => {
      for (const [text, parameter] of [
        ['SELECT $1::jsonb', '{"a":"\\u0000"}'],
        ['SELECT $1::bigint', 'one'],
        ["INSERT INTO station_key (kid, station, x) VALUES ($1, 's', 'x'), ($1, 's', 'x')", 'k'],
      ] as const)
        await expect(database.transaction((sql) => sql.query(text, [parameter]))).rejects.toThrow(DatabaseRefused);
      await expect(database.transaction((sql) => sql.query('SELECT * FROM nowhere'))).rejects.toThrow(DatabaseAway);
      expect(await database.transaction((sql) => sql.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
    });

    test('TB-MSG-130 events are kept as they were published, in the partition of their month', async () => {
      const events = chainOf('st-kept', 3);
      const { chains, counts } = await commit(
        'st-kept',
        events.map(({ message }) => message),
      );
      expect(counts).toEqual({ events: 3, duplicates: 0, quarantined: 0, deadLetters: 0, putOff: 0 });
      expect(only(chains)).toMatchObject({
        station: 'st-kept',
        epoch: 'epoch-1',
        mark: { upto: 3, gaps: [] },
        head: events[2]?.hash,
      });
      const kept = await rows(
        'SELECT seq, body, tableoid::regclass::text AS part FROM event WHERE station = $1 ORDER BY seq',
        'st-kept',
      );
      expect(kept.map(({ seq, body, part }) => [Number(seq), body, part])).toEqual(
        events.map(({ message }, n) => [n + 1, Buffer.from(message).toString(), 'event_2026_11']),
      );
    });

    test('TB-MSG-041 TB-MSG-131 duplicates are counted and change nothing, in one batch or in many', async () => {
      const messages = chainOf('st-twice', 3).map(({ message }) => message);
      expect((await commit('st-twice', [...messages, ...messages])).counts).toMatchObject({ events: 3, duplicates: 3 });
      expect((await commit('st-twice', messages)).counts).toMatchObject({ events: 0, duplicates: 3 });
      expect(await rows('SELECT 1 FROM event WHERE station = $1', 'st-twice')).toHaveLength(3);
      const [mark] = await rows('SELECT taken, duplicates FROM watermark WHERE station = $1', 'st-twice');
      expect([Number(mark?.['taken']), Number(mark?.['duplicates'])]).toEqual([3, 6]);
    });

    test('gaps are told, and filled', async () => {
      const messages = chainOf('st-gaps', 6).map(({ message }) => message);
      const pick = (...seqs: number[]) => seqs.map((seq) => messages[seq - 1] ?? new Uint8Array());
      expect(only((await commit('st-gaps', pick(5, 2))).chains)?.mark).toEqual({
        upto: 5,
        gaps: [
          [1, 1],
          [3, 4],
        ],
      });
      expect(only((await commit('st-gaps', pick(4, 6))).chains)?.mark).toEqual({
        upto: 6,
        gaps: [
          [1, 1],
          [3, 3],
        ],
      });
      expect(only((await commit('st-gaps', pick(1, 3))).chains)?.mark).toEqual({ upto: 6, gaps: [] });
    });

    test('TB-MSG-042 TB-MSG-132 a fork is put aside with an alarm; the first stays, and the station is told', async () => {
      const events = chainOf('st-fork', 3);
      const fork = eventAt('st-fork', {
        seq: 2,
        prev: events[0]?.hash ?? null,
        id: idOf(99),
        data: { nonce: 'other' },
      });
      await commit(
        'st-fork',
        events.map(({ message }) => message),
      );
      for (const alarms of [['fork'], []]) {
        const { chains, counts, ...rest } = await commit('st-fork', [fork.message]);
        expect(rest.alarms).toEqual(alarms);
        expect(counts).toMatchObject({ events: 0, quarantined: 1 });
        expect(only(chains)).toMatchObject({ mark: { upto: 3, gaps: [] }, quarantined: [{ seq: 2, code: 'fork' }] });
      }
      const [aside] = await rows('SELECT body, times FROM quarantine WHERE station = $1', 'st-fork');
      expect([aside?.['body'], Number(aside?.['times'])]).toEqual([Buffer.from(fork.message).toString(), 2]);
      const [held] = await rows('SELECT body FROM event WHERE station = $1 AND seq = 2', 'st-fork');
      expect(held?.['body']).toBe(Buffer.from(events[1]?.message ?? []).toString());
    });

    test('TB-MSG-043 a chain that does not hold together is put aside, whichever side came first', async () => {
      const events = chainOf('st-link', 3);
      const stray = eventAt('st-link', { seq: 2, prev: 'f'.repeat(64), id: idOf(98) });
      await commit('st-link', [events[0]?.message ?? new Uint8Array()]);
      expect(only((await commit('st-link', [stray.message])).chains)).toMatchObject({
        mark: { upto: 1, gaps: [] },
        quarantined: [{ seq: 2, code: 'chain-broken' }],
      });
      await commit('st-link', [events[2]?.message ?? new Uint8Array()]);
      expect((await commit('st-link', [stray.message])).counts.quarantined).toBe(1);
      expect(only((await commit('st-link', [events[1]?.message ?? new Uint8Array()])).chains)?.mark).toEqual({
        upto: 3,
        gaps: [],
      });
    });

    test('TB-MSG-133 a new epoch stands for itself, is told last, and must know where it comes from', async () => {
      const EPOCH = 'th.thuengban.journal.epoch-started.v1';
      const first = chainOf('st-epoch', 4);
      await commit(
        'st-epoch',
        first.map(({ message }) => message),
      );
      const began = (epoch: string, previous: object | null) =>
        eventAt('st-epoch', { epoch, type: EPOCH, data: { previous }, id: idOf(50) }).message;
      const at = (seq: number, head = first[seq - 1]?.hash) => ({ epoch: 'epoch-1', seq, head });
      expect((await commit('st-epoch', [began('e-good', at(4))])).alarms).toEqual([]);
      expect((await commit('st-epoch', [began('e-null', null)])).alarms).toEqual(['epoch-without-origin']);
      expect((await commit('st-epoch', [began('e-back', at(2))])).alarms).toEqual(['epoch-went-back']);
      expect((await commit('st-epoch', [began('e-fork', at(4, 'a'.repeat(64)))])).alarms).toEqual(['epoch-forked']);
      // An old event again: its own watermark first, the newest life's last, where the broker keeps it.
      const { chains } = await commit('st-epoch', [first[0]?.message ?? new Uint8Array()]);
      expect(chains.map(({ epoch }) => epoch)).toEqual(['epoch-1', 'e-fork']);
    });

    test('TB-MSG-010 TB-MSG-134 what cannot be read is kept, counted, and told only where the station vouches for it', async () => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      const future = signStatement(
        'event',
        bytes(
          JSON.stringify({ specversion: '1.0', type: 'th.thuengban.visit.completed.v2', epoch: 'epoch-1', seq: 2 }),
        ),
        signerFor('st-dead'),
      );
      const stolen = chainOf('st-dead', 2)[1]?.message ?? new Uint8Array();
      const tampered = stolen.map((byte, n) => (n === 300 ? byte ^ 1 : byte));
      const garbage = ['', '{}', 'x'.repeat(70_000), 'a.b.c'].map(bytes);
      const { chains, counts } = await commit('st-dead', [future, tampered, ...garbage, future]);
      expect(counts).toMatchObject({ events: 0, deadLetters: 7 });
      expect(only(chains)).toMatchObject({
        mark: { upto: 0, gaps: [] },
        quarantined: [{ seq: 2, code: 'unknown-major' }],
      });
      const letters = await rows(
        'SELECT code, times, size_bytes, length(body) AS kept FROM dead_letter WHERE station = $1 ORDER BY code, size_bytes',
        'st-dead',
      );
      expect(
        letters.map(({ code, times, size_bytes, kept }) => [code, Number(times), Number(size_bytes), Number(kept)]),
      ).toEqual([
        ['garbage', 1, 0, 0],
        ['garbage', 1, 2, 2],
        ['garbage', 1, 5, 5],
        ['tampered', 1, stolen.length, stolen.length],
        ['too-large', 1, 70_000, 65_536],
        ['unknown-major', 2, future.length, future.length],
      ]);
    });

    test('TB-MSG-134 a flood of rubbish fills no disk', async () => {
      const flood = Array.from({ length: 1_500 }, (_, n) => new TextEncoder().encode(`rubbish ${n}`));
      expect((await commit('st-flood', flood)).counts.deadLetters).toBe(1_500);
      await commit('st-flood', flood.slice(0, 10));
      expect(await rows('SELECT 1 FROM dead_letter WHERE station = $1', 'st-flood')).toHaveLength(1_000);
      const [count] = await rows('SELECT kept, thrown_away FROM dead_letter_count WHERE station = $1', 'st-flood');
      expect([Number(count?.['kept']), Number(count?.['thrown_away'])]).toEqual([1_000, 500]);
    });

    test("a station's last words and its answers are kept; what PostgreSQL cannot hold is a dead letter", async () => {
      const word = (channel: 'status' | 'res', doc: object) =>
        judge({ topic: upTopic('st-words', channel), payload: Buffer.from(JSON.stringify(doc)) }, everybody);
      const status = { state: 'online', bootId: 'b', epoch: 'e' };
      const result = {
        id: '8b0e4c1c-5a55-4c1b-9a5e-111111111111',
        cmdSeq: 1,
        result: 'done',
        code: null,
        at: '2026-11-22T02:00:00.000Z',
      };
      const batch = [
        word('status', { ...status, state: 'lost' }),
        word('status', status),
        word('res', result),
        word('res', result),
      ];
      const nul = [word('status', { ...status, bootId: 'a\0' }), word('res', { ...result, data: { a: '\ud800' } })];
      expect((await commitBatch(database, [...batch, ...nul], NOW_MS)).counts.deadLetters).toBe(2);
      expect(await rows('SELECT doc FROM station_word WHERE station = $1', 'st-words')).toEqual([{ doc: status }]);
      expect(await rows('SELECT result FROM command_result WHERE station = $1', 'st-words')).toEqual([
        { result: 'done' },
      ]);
    });

    test('TB-MSG-135 more gaps than a network makes are put off, not taken and not acknowledged', async () => {
      await database.transaction((sql) =>
        sql.query(
          `INSERT INTO watermark (station, epoch, upto, gaps, first_at, last_at)
           SELECT 'st-holes', 'epoch-1', 20001, json_agg(json_build_array(2 * n, 2 * n)), now(), now() FROM generate_series(1, 10000) n`,
        ),
      );
      const far = eventAt('st-holes', { seq: 30_000, prev: 'a'.repeat(64) }).message;
      const { chains, counts, alarms } = await commit('st-holes', [far]);
      expect(counts).toMatchObject({ events: 0, putOff: 1 });
      expect(alarms).toEqual(['too-many-gaps']);
      expect(only(chains)?.mark.gaps).toHaveLength(1_000);
    });

    test('places without their watermark (a table that was restored) are found', async () => {
      const messages = chainOf('st-restored', 3).map(({ message }) => message);
      await commit('st-restored', messages);
      await rows('DELETE FROM watermark WHERE station = $1', 'st-restored');
      const { chains, counts } = await commit('st-restored', messages);
      expect(counts).toMatchObject({ events: 0, duplicates: 3 });
      expect(only(chains)?.mark).toEqual({ upto: 3, gaps: [] });
    });

    test('other keys: a stranger, and another station', async () => {
      const [event] = chainOf('st-mine', 1);
      const message = event?.message ?? new Uint8Array();
      const { chains } = await commitBatch(
        database,
        [
          judge(published('st-other', message), everybody),
          ...judgedOf('st-mine', [eventAt('st-mine', { seq: 1 }).message], { ...everybody, keys: () => undefined }),
        ],
        NOW_MS,
      );
      expect(chains).toEqual([]);
      const letters = await database.transaction((sql) =>
        sql.query("SELECT station, code, seq FROM dead_letter WHERE station IN ('st-mine', 'st-other') ORDER BY 1"),
      );
      expect(letters).toEqual([
        { station: 'st-mine', code: 'unknown-key', seq: null },
        { station: 'st-other', code: 'wrong-station', seq: null },
      ]);
    });

    test('TB-MSG-175 what the vault has opened of a campaign is read for its lists, oldest first; of another campaign nothing', async () => {
      const ATTEMPTED = 'th.thuengban.visit.attempted.v1';
      const attempt = { visitId: 'v-1', subject: 'a'.repeat(43), attempt: 1, result: 'non-match' };
      const closed = { visitId: 'v-1', entry: 'e-1', by: 'officer' };
      const said: readonly (readonly [string, object])[] = [
        [ATTEMPTED, { ...attempt, campaign: 'c-1' }],
        [ATTEMPTED, { ...attempt, campaign: 'c-2' }],
        ['th.thuengban.referral.closed.v1', closed],
        [COMPLETED, { ...record, programme: 'p', campaign: 'c-1', entry: 'e-1' }],
        ['th.thuengban.visit.abandoned.v1', { visitId: 'v-2', fault: null }],
      ];
      const messages: Uint8Array[] = [];
      let prev: string | null = null;
      for (const [n, [type, data]] of said.entries()) {
        const sealed = await seal(data as Record<string, unknown>, sealingKey);
        const time = `2026-11-22T02:0${said.length - n}:00.000Z`;
        const event = eventAt('st-told', { seq: n + 1, prev, id: idOf(700 + n), type, time, data: sealed });
        messages.push(event.message);
        prev = event.hash;
      }
      await commit('st-told', messages);
      const { kid, key } = signerFor('st-told');
      await database.transaction((sql) =>
        sql.query('INSERT INTO station_key (kid, station, x) VALUES ($1, $2, $3)', [
          kid,
          'st-told',
          publicJwk(key, kid).x,
        ]),
      );
      const options = { database, keys: openingKeys, opener: 'test', nowMs: () => NOW_MS, report: () => undefined };
      await runVault(options, true, new AbortController().signal);
      const read = (await readProgress(database, 'c-1')).filter(({ station }) => station === 'st-told');
      expect(read.map(({ seq, type, at, doc }) => [seq, type, at, doc])).toEqual(
        [3, 2, 0].map((n) => [n + 1, said[n]?.[0], `2026-11-22T02:0${said.length - n}:00.000Z`, said[n]?.[1]]),
      );
      expect((await readProgress(database, 'c-9')).map(({ type }) => type)).toEqual([
        'th.thuengban.referral.closed.v1',
      ]);
    });
  });
}
