import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEventData } from '../../src/contract/envelope/event.ts';
import { signAcknowledgement, signReceipt } from '../../src/contract/envelope/server-word.ts';
import type { DurableJournal } from '../../src/journal/port.ts';
import { controlSigner, ingestSigner, openingKeys } from '../fixtures/contract/keys.ts';
import { acknowledgement, saidBy } from '../fixtures/journal.ts';

const entry = (n: number) => ({ type: 'th.thuengban.station.tested.v1', data: { nonce: String(n) } });

/** What every journal must do, whatever it is kept in. `make` opens an empty one. */
export function describeJournal(name: string, make: () => Promise<DurableJournal>): void {
  describe(`journal contract: ${name}`, () => {
    test('events are numbered without gaps and chained by hash', async () => {
      await using journal = await make();
      const events = [];
      for (let n = 1; n <= 5; n++) events.push(await journal.append(entry(n)));
      expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
      const bodies = events.map((event) => saidBy(event.body));
      expect(bodies[0].prev).toBeNull();
      expect(bodies.slice(1).map((body) => body.prev)).toEqual(events.slice(0, -1).map((event) => event.hash));
      expect(bodies[0]).toMatchObject({
        specversion: '1.0',
        id: events[0]?.id,
        source: 'urn:thuengban:station:st-test',
        epoch: journal.epoch,
        data: { nonce: '1' },
        clock: { state: 'synced', bootId: 'boot-1', monotonicMs: expect.any(Number) },
      });
      expect(journal.verify()).toEqual({ whole: true, epoch: journal.epoch, events: 5, head: events[4]?.hash });
    });

    test('an empty journal is whole', async () => {
      await using journal = await make();
      expect(journal.verify()).toEqual({ whole: true, epoch: journal.epoch, events: 0, head: null });
    });

    test('TB-MSG-056 what is listed is what was appended, byte for byte', async () => {
      await using journal = await make();
      const event = await journal.append(entry(1));
      const [listed] = journal.list(0, 10);
      expect(Buffer.from(listed?.body ?? [])).toEqual(Buffer.from(event.body));
      expect(listed).toMatchObject({ id: event.id, seq: 1, hash: event.hash, delivery: 'pending' });
      expect(journal.list(1, 10)).toEqual([]);
    });

    test('TB-MSG-055 an event leaves the outbox when it is settled, not when it is sent', async () => {
      await using journal = await make();
      for (let n = 1; n <= 3; n++) await journal.append(entry(n));
      journal.markSent(journal.epoch, 1);
      expect(journal.outbox(0, 10).map(({ seq, delivery }) => [seq, delivery])).toEqual([
        [1, 'sent'],
        [2, 'pending'],
        [3, 'pending'],
      ]);
      expect(journal.counts()).toMatchObject({ events: 3, pending: 2, unsettled: 3 });
      journal.settle({ epoch: journal.epoch, upto: 2, gaps: [] });
      expect(journal.outbox(0, 10).map(({ seq }) => seq)).toEqual([3]);
      expect(journal.list(0, 10)).toHaveLength(3);
    });

    test('gaps of an acknowledgement stay unsettled; it may reach past the end', async () => {
      await using journal = await make();
      for (let n = 1; n <= 6; n++) await journal.append(entry(n));
      journal.settle({
        epoch: journal.epoch,
        upto: 100,
        gaps: [
          [5, 5],
          [2, 3],
        ],
      });
      expect(journal.outbox(0, 10).map(({ seq }) => seq)).toEqual([2, 3, 5]);
    });

    test('an acknowledgement of another epoch settles nothing', async () => {
      await using journal = await make();
      await journal.append(entry(1));
      journal.settle({ epoch: 'another', upto: 10, gaps: [] });
      journal.markSent('another', 1);
      expect(journal.counts()).toMatchObject({ pending: 1, unsettled: 1 });
    });

    test('the oldest pending event is known by its time', async () => {
      await using journal = await make();
      expect(journal.counts().oldestPendingAt).toBeNull();
      const first = await journal.append(entry(1));
      await journal.append(entry(2));
      expect(journal.counts().oldestPendingAt).toBe(first.time);
    });

    test('listeners hear of each append until they stop', async () => {
      await using journal = await make();
      const heard: number[] = [];
      const stop = journal.onAppend((event) => heard.push(event.seq));
      await journal.append(entry(1));
      stop();
      await journal.append(entry(2));
      expect(heard).toEqual([1]);
    });

    test('TB-MSG-085 what may say something of a person is sealed before it is kept; nothing of it stands in the open', async () => {
      await using journal = await make();
      const data = { visitId: 'CANARY', fault: null };
      const event = await journal.append({ type: 'th.thuengban.visit.abandoned.v1', data });
      const said = saidBy(event.body);
      expect(said).toMatchObject({ datacontenttype: 'application/jose', data: expect.any(String) });
      const opened = await openEventData(said, openingKeys);
      expect(opened).toMatchObject({ kind: 'opened', data });
      // A kind that this program does not know is sealed too.
      const unknown = await journal.append({ type: 'th.thuengban.test.v1', data: { n: 1 } });
      expect(saidBy(unknown.body).data).toEqual(expect.any(String));
    });

    test('TB-MSG-086 a watermark is kept as the server signed it, and one that is not believed settles nothing', async () => {
      await using journal = await make();
      for (let n = 1; n <= 3; n++) await journal.append(entry(n));
      const ack = acknowledgement(journal.epoch, 2);
      journal.settle(ack, signAcknowledgement(ack, controlSigner));
      expect(journal.counts().unsettled).toBe(3);
      expect(journal.lastAcknowledgement()).toBeNull();
      const signed = signAcknowledgement(ack, ingestSigner);
      journal.settle(ack, signed);
      expect(journal.counts().unsettled).toBe(1);
      expect(Buffer.from(journal.lastAcknowledgement() ?? [])).toEqual(Buffer.from(signed));
    });

    test('TB-MSG-086 a receipt is kept when it is for an event of this journal, and for no other', async () => {
      await using journal = await make();
      const { epoch, seq, id, hash } = await journal.append(entry(1));
      const receipt = { station: 'st-test', epoch, seq, id, hash, committedAt: '2026-11-22T02:00:00.000Z' };
      const forged = { ...receipt, hash: 'a'.repeat(64) };
      expect(journal.keepReceipt(forged, signReceipt(forged, ingestSigner))).toBe(false);
      expect(journal.keepReceipt(receipt, signReceipt(receipt, controlSigner))).toBe(false);
      expect(journal.receiptOf(seq)).toBeNull();
      const signed = signReceipt(receipt, ingestSigner);
      expect(journal.keepReceipt(receipt, signed)).toBe(true);
      expect(Buffer.from(journal.receiptOf(seq) ?? [])).toEqual(Buffer.from(signed));
    });

    test('TB-MSG-087 settled events are shredded when their time is over: the chain still holds, the bytes are gone', async () => {
      await using journal = await make();
      for (let n = 1; n <= 4; n++) await journal.append(entry(n));
      journal.settle({ epoch: journal.epoch, upto: 3, gaps: [[2, 2]] });
      expect(journal.shred(new Date('2026-11-22T01:00:00Z'), 10)).toBe(0);
      expect(journal.shred(new Date('2026-11-23T00:00:00Z'), 1)).toBe(1);
      expect(journal.shred(new Date('2026-11-23T00:00:00Z'), 10)).toBe(1);
      expect(journal.list(0, 10).map(({ body }) => body !== null)).toEqual([false, true, false, true]);
      expect(journal.outbox(0, 10).map(({ seq }) => seq)).toEqual([2, 4]);
      expect(journal.verify()).toMatchObject({ whole: true, events: 4 });
      await journal.append(entry(5));
      expect(journal.verify()).toMatchObject({ whole: true, events: 5 });
    });

    test('a note is kept with its event, told by nobody else, outlives shredding, and is forgotten when its time is over', async () => {
      await using journal = await make();
      const note = { kind: 'walk-in', name: 'ยายคำ CANARY' };
      const first = await journal.append({ ...entry(1), note });
      await journal.append(entry(2));
      const third = await journal.append({ ...entry(3), note: { kind: 'other' } });
      const kept = ({ id, epoch, seq, time }: typeof first, said: object) => ({
        eventId: id,
        epoch,
        seq,
        time,
        note: said,
      });
      const both = [kept(first, note), kept(third, { kind: 'other' })];
      expect([...journal.notes()]).toEqual(both);
      for (const { body } of [...journal.list(0, 10), ...journal.outbox(0, 10)])
        expect(JSON.stringify(saidBy(body ?? new Uint8Array()))).not.toMatch(/CANARY|walk-in/);
      journal.settle({ epoch: journal.epoch, upto: 3, gaps: [] });
      expect(journal.shred(new Date('2027-01-01'), 10)).toBe(3);
      expect([...journal.notes()]).toEqual(both);
      expect(journal.forgetNotes(new Date(first.time), [])).toBe(0);
      expect(journal.forgetNotes(new Date('2027-01-01'), [first.id])).toBe(1);
      expect([...journal.notes()].map(({ eventId }) => eventId)).toEqual([first.id]);
      expect(journal.forgetNotes(new Date('2027-01-01'), [])).toBe(1);
      expect([...journal.notes()]).toEqual([]);
      expect(journal.verify()).toMatchObject({ whole: true, events: 3 });
    });

    test('whatever is appended, settled and shredded in whatever order: the chain is whole, the outbox is what was not settled', async () => {
      const action = fc.oneof(
        fc.record({ do: fc.constant('append' as const) }),
        fc.record({
          do: fc.constant('settle' as const),
          upto: fc.nat(12),
          gaps: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(3)), { maxLength: 3 }),
        }),
        fc.record({ do: fc.constant('shred' as const), limit: fc.integer({ min: 1, max: 4 }) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 15 }), async (actions) => {
          await using journal = await make();
          const open = new Set<number>();
          let events = 0;
          for (const one of actions)
            if (one.do === 'append') open.add((await journal.append(entry(++events))).seq);
            else if (one.do === 'shred') journal.shred(new Date('2027-01-01'), one.limit);
            else {
              const gaps = one.gaps.map(([first, more]) => [first, first + more] as const);
              journal.settle({ epoch: journal.epoch, upto: one.upto, gaps });
              for (const seq of open)
                if (seq <= one.upto && !gaps.some(([first, last]) => seq >= first && seq <= last)) open.delete(seq);
            }
          expect(journal.outbox(0, 100).map(({ seq }) => seq)).toEqual([...open].sort((a, b) => a - b));
          expect(journal.counts()).toMatchObject({ events, unsettled: open.size });
          expect(journal.verify()).toMatchObject({ whole: true, events });
        }),
        { numRuns: 25 },
      );
    });
  });
}
