import { describe, expect, test } from 'vitest';
import type { Journal } from '../../src/journal/port.ts';

const entry = (n: number) => ({ type: 'th.thuengban.test.v1', data: { n } });

/** What every journal must do, whatever it is kept in. `make` opens an empty one. */
export function describeJournal(name: string, make: () => Promise<Journal>): void {
  describe(`journal contract: ${name}`, () => {
    test('events are numbered without gaps and chained by hash', async () => {
      await using journal = await make();
      const events = [];
      for (let n = 1; n <= 5; n++) events.push(await journal.append(entry(n)));
      expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
      const bodies = events.map((event) => JSON.parse(new TextDecoder().decode(event.body)));
      expect(bodies[0].prev).toBeNull();
      expect(bodies.slice(1).map((body) => body.prev)).toEqual(events.slice(0, -1).map((event) => event.hash));
      expect(bodies[0]).toMatchObject({
        specversion: '1.0',
        id: events[0]?.id,
        source: 'urn:thuengban:station:st-test',
        epoch: journal.epoch,
        data: { n: 1 },
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
  });
}
