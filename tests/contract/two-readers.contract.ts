import { monitorEventLoopDelay } from 'node:perf_hooks';
import { beforeAll, describe, expect, test } from 'vitest';
import { SELECT_THAI_ID } from '../../src/peripherals/card/apdu.ts';
import { makePerson, type PersonId } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { type CardFaults, VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import type { CardEvent } from '../../src/peripherals/card/port.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';
import type { CardReaderRig } from './card-reader.contract.ts';

const APDU_LIMIT_MS = 1_000;
/** What may happen to a card of the first lane while the other lane reads. */
const TROUBLES: readonly CardFaults[] = [{ muteAt: 1 }, { yankAt: 7 }, {}, { muteAt: 12 }, { yankAt: 20 }, {}];

/** Two readers of one station, whatever their kinds: what happens in one must not be felt in the other. */
export function describeTwoReaders(
  name: string,
  make: () => Promise<readonly [first: CardReaderRig, second: CardReaderRig]>,
): void {
  describe(`two readers: ${name}`, () => {
    const { signal } = new AbortController();
    let photoJpeg: Uint8Array;
    beforeAll(async () => {
      photoJpeg = await makeCardPhoto();
    });

    /** A reader with its events, one card after the other. */
    function lane(rig: CardReaderRig) {
      const events = rig.reader.events(signal)[Symbol.asyncIterator]();
      const until = async (kind: CardEvent['kind']) => {
        for (;;) {
          const { value } = await events.next();
          if (value === undefined) throw new Error('the events have ended');
          if (value.kind === kind) return;
        }
      };
      const insert = async (id: PersonId, faults: CardFaults) => {
        const person = makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false });
        const card = new VirtualCard({ ...person, faults });
        const inserted = until('card-inserted');
        await rig.insert(card);
        await inserted;
        return card;
      };
      const read = (card: VirtualCard) =>
        readThaiId(rig.reader, {
          atr: card.atr,
          signal,
          apduLimitMs: APDU_LIMIT_MS,
          readLimitMs: 15_000,
          withPhoto: true,
          onText: () => undefined,
          onProgress: () => undefined,
        }).then(
          ({ nameThai, photo }) => `${nameThai.first} ${photo?.bytes}`,
          ({ code }) => code,
        );
      const pull = async () => {
        const removed = until('card-removed');
        await rig.pull();
        await removed;
      };
      /** Puts a card in, reads it, pulls it, and waits no moment longer than the reader's word for the next. */
      const play = async (id: PersonId, faults: CardFaults) => {
        const told = await read(await insert(id, faults));
        await pull();
        return told;
      };
      return { insert, read, pull, play };
    }

    test('two people are read at once, and not mixed', async () => {
      const [first, second] = await make();
      await using _first = first;
      await using _second = second;
      const [one, two] = [lane(first), lane(second)];
      const read = await Promise.all([one.play('normal', {}), two.play('lifetime', {})]);
      expect(read).toEqual([`สมหญิง ${photoJpeg.length}`, `บุญมา ${photoJpeg.length}`]);
    });

    test('mute and pulled cards in one; every card of the other is read, and the process stays awake', async () => {
      const [first, second] = await make();
      await using _first = first;
      await using _second = second;
      const [one, two] = [lane(first), lane(second)];
      const lag = monitorEventLoopDelay({ resolution: 10 });
      lag.enable();
      const both = async () => {
        const troubled: string[] = [];
        for (const faults of TROUBLES) troubled.push(await one.play('normal', faults));
        return troubled;
      };
      const good = async () => {
        const read: string[] = [];
        for (let round = 0; round < TROUBLES.length; round++) read.push(await two.play('lifetime', {}));
        return read;
      };
      const [troubled, read] = await Promise.all([both(), good()]);
      lag.disable();
      expect(read).toEqual(TROUBLES.map(() => `บุญมา ${photoJpeg.length}`));
      const whole = `สมหญิง ${photoJpeg.length}`;
      expect(troubled.map((code) => code.replace(/CARD_(MUTE|TIMEOUT)/, 'silent'))).toEqual([
        'silent',
        'CARD_REMOVED',
        whole,
        'silent',
        'CARD_REMOVED',
        whole,
      ]);
      expect(lag.max / 1e6, 'longest time without a turn, ms').toBeLessThan(1_000);
    });

    test('a mute card that stays in one holds up neither the other nor the end of both', async () => {
      const [first, second] = await make();
      await using _first = first;
      await using _second = second;
      const [one, two] = [lane(first), lane(second)];
      await one.insert('normal', { muteAt: 1 });
      const pending = first.reader.transmit(SELECT_THAI_ID, signal).then(
        () => 'answered',
        ({ code }) => code,
      );
      expect(await two.play('lifetime', {})).toBe(`บุญมา ${photoJpeg.length}`);
      expect(await two.read(await two.insert('bangkok', {}))).toMatch(/^สมหญิง/);
      const startedAt = performance.now();
      await Promise.all([first.reader[Symbol.asyncDispose](), second.reader[Symbol.asyncDispose]()]);
      expect(performance.now() - startedAt, 'ms to close both').toBeLessThan(2_000);
      expect(await pending).toMatch(/^(CARD_MUTE|READER_MISSING|PCSC_SERVICE_DOWN)$/);
    });
  });
}
