import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBinary, SELECT_THAI_ID } from '../../src/peripherals/card/apdu.ts';
import { makePerson, type PersonId } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import {
  type CardFaults,
  VirtualCard,
  type VirtualCardOptions,
} from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { FIELDS } from '../../src/peripherals/card/memory-map.ts';
import type { CardEvent, CardReader } from '../../src/peripherals/card/port.ts';
import { type ReadOptions, readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { wipeCard } from '../../src/peripherals/card/thai-id-card.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';

/** A reader with somebody's hand at the slot. */
export interface CardReaderRig extends AsyncDisposable {
  readonly reader: CardReader;
  insert(card: VirtualCard): Promise<void>;
  pull(): Promise<void>;
}

export interface ContractScope {
  make(): Promise<CardReaderRig>;
  /** Commands at which a card is yanked; all of them where that is quick. */
  readonly yankSteps: readonly number[];
  /** Long enough for this reader's connection, short enough for a test, ms. */
  readonly apduLimitMs: number;
}

const TODAY = new Date();

/** What every kind of card gives, besides what all have in common. */
const READABLE: readonly { readonly id: PersonId; readonly gives: object }[] = [
  { id: 'normal', gives: { nameThai: { full: 'นาง สมหญิง ใจดี' }, sex: 'female', birthDate: { date: '1958-01-15' } } },
  { id: 'lifetime', gives: { sex: 'male', expiry: { kind: 'lifetime' }, atr: '3b791800005448204e4944203130' } },
  { id: 'year-only', gives: { birthDate: { kind: 'year', year: 1935 }, expiry: { kind: 'lifetime' } } },
  { id: 'no-day', gives: { birthDate: { kind: 'month', year: 1942, month: 3 } } },
  { id: 'middle-name', gives: { nameEnglish: { first: 'Malee', middle: 'Arun', last: 'Dokmai' } } },
  { id: 'bangkok', gives: { address: { soi: 'สุขใจ 5', tambon: 'ทดสอบ', amphoe: 'ตัวอย่าง', province: 'กรุงเทพมหานคร' } } },
  { id: 'long-address', gives: { address: { moo: '12', trok: 'ทางเดินเล็กริมน้ำ', tambon: 'ทดสอบชื่อยาว' } } },
  { id: 'expired', gives: { expiry: { kind: 'date' } } },
  { id: 'expires-today', gives: { expiry: { kind: 'date' } } },
  { id: 'photo-spaces', gives: { photo: { bytes: 5100, width: 148, height: 178 } } },
  { id: 'photo-full', gives: { photo: { bytes: 5118, width: 148, height: 178 } } },
  { id: 'photo-missing', gives: { photo: undefined, photoJpeg: undefined, photoFault: 'PHOTO_UNREADABLE' } },
  { id: 'photo-broken', gives: { photo: undefined, photoFault: 'PHOTO_UNREADABLE' } },
  { id: 'atr-3b67', gives: { nameThai: { first: 'สมหญิง' }, photo: { width: 148 } } },
  { id: 'apdu-level', gives: { nameThai: { first: 'สมหญิง' }, photo: { width: 148 } } },
  { id: 'length-6c', gives: { nameThai: { first: 'สมหญิง' }, photo: { width: 148 } } },
  { id: 'chained', gives: { nameThai: { first: 'สมหญิง' }, photo: { width: 148 } } },
];

/** The suite that every {@link CardReader} passes, on its simulator and on the real service alike. */
export function describeCardReader(name: string, scope: ContractScope): void {
  describe(`card reader: ${name}`, () => {
    let photoJpeg: Uint8Array;
    let rig: CardReaderRig;
    let stop: AbortController;
    let events: AsyncIterator<CardEvent>;
    beforeAll(async () => {
      photoJpeg = await makeCardPhoto();
    });
    beforeEach(async () => {
      rig = await scope.make();
      stop = new AbortController();
      events = rig.reader.events(stop.signal)[Symbol.asyncIterator]();
    });
    afterEach(async () => {
      stop.abort();
      await rig[Symbol.asyncDispose]();
    });

    const person = (id: PersonId, faults?: CardFaults): VirtualCardOptions => {
      const options = makePerson(id, { photoJpeg, today: TODAY, wireSpeed: false });
      return faults === undefined ? options : { ...options, faults };
    };
    /** Puts a card in and waits until the reader tells. */
    const insert = async (options: VirtualCardOptions) => {
      const card = new VirtualCard(options);
      const told = events.next();
      await rig.insert(card);
      expect((await told).value).toEqual({ kind: 'card-inserted', atr: Uint8Array.from(options.atr) });
      return card;
    };
    const pull = async () => {
      const told = events.next();
      await rig.pull();
      expect((await told).value).toEqual({ kind: 'card-removed' });
    };
    const read = (options: VirtualCardOptions, change: Partial<ReadOptions> = {}) =>
      readThaiId(rig.reader, {
        atr: options.atr,
        signal: stop.signal,
        apduLimitMs: scope.apduLimitMs,
        readLimitMs: 20_000,
        withPhoto: true,
        onText: () => undefined,
        onProgress: () => undefined,
        ...change,
      });

    test.each(READABLE)('reads every field of: $id', async ({ id, gives }) => {
      const options = person(id);
      await insert(options);
      const card = await read(options);
      expect(card).toMatchObject({
        citizenId: expect.stringMatching(/^9\d{12}$/),
        requestNumber: '90010000010115',
        ...gives,
      });
      if (card.photo !== undefined) {
        const inChip = options.image.slice(0x17b, 0x17b + card.photo.bytes);
        expect(Buffer.from(card.photoJpeg ?? []).equals(inChip)).toBe(true);
        wipeCard(card);
        expect(card.photoJpeg?.every((byte) => byte === 0)).toBe(true);
      }
    });

    test('reads the same card twice, and the next card after it', async () => {
      const first = person('normal');
      await insert(first);
      const once = await read(first);
      const twice = await read(first);
      expect(twice.citizenId).toBe(once.citizenId);
      expect(twice.photo).toEqual(once.photo);
      await pull();
      const second = person('lifetime');
      await insert(second);
      expect((await read(second)).citizenId).not.toBe(once.citizenId);
    });

    test('tells a card that is already in the reader first', async () => {
      const options = person('normal');
      await insert(options);
      const late = rig.reader.events(stop.signal)[Symbol.asyncIterator]();
      expect((await late.next()).value).toMatchObject({ kind: 'card-inserted' });
    });

    test('an aborted listener ends quietly', async () => {
      const next = events.next();
      stop.abort();
      expect(await next).toEqual({ done: true, value: undefined });
    });

    test('text comes before the photo, and progress only grows up to 1', async () => {
      const options = person('normal');
      await insert(options);
      const progress: number[] = [];
      let atText = 0;
      await read(options, {
        onProgress: (fraction) => progress.push(fraction),
        onText: (text) => {
          expect(text.nameThai.last).toBe('ใจดี');
          atText = progress.length;
        },
      });
      expect(progress.at(-1)).toBe(1);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(progress[atText - 1]).toBeLessThan(0.2);
    });

    test('after release the applet is no longer selected', async () => {
      await insert(person('normal'));
      const { signal } = stop;
      expect((await rig.reader.transmit(SELECT_THAI_ID, signal)).sw >> 8).toBe(0x61);
      expect(await rig.reader.transmit(readBinary(FIELDS.sex), signal)).toMatchObject({ sw: 0x6101 });
      await rig.reader.release();
      expect(await rig.reader.transmit(readBinary(FIELDS.sex), signal)).toMatchObject({ sw: 0x6985 });
    });

    test.each<{ name: string; id: PersonId; faults?: CardFaults; code: string }>([
      { name: 'a foreign card', id: 'foreign', code: 'NOT_THAI_ID' },
      { name: 'a wrong check digit', id: 'bad-check-digit', code: 'DATA_INVALID' },
      { name: 'a card that never answers', id: 'upside-down', code: 'CARD_MUTE' },
      { name: 'a card that falls silent', id: 'normal', faults: { muteAt: 9 }, code: 'CARD_TIMEOUT' },
      {
        name: 'a card out of order twice',
        id: 'normal',
        faults: { statusAt: { commands: [4, 7], sw: 0x6f00 } },
        code: 'CARD_PROTOCOL',
      },
    ])('$name is $code, and the next card is read', async ({ id, faults, code }) => {
      const options = person(id, faults);
      await insert(options);
      await expect(read(options, { apduLimitMs: 700 })).rejects.toMatchObject({ name: 'StationFault', code });
      await pull();
      const next = person('normal');
      await insert(next);
      expect((await read(next)).nameThai.first).toBe('สมหญิง');
    });

    test('one disorder is read again from SELECT on', async () => {
      const whole = await insert(person('normal'));
      await read(whole.options);
      await pull();
      const options = person('normal', { statusAt: { commands: [5], sw: 0x6f00 } });
      const card = await insert(options);
      expect((await read(options)).photo?.width).toBe(148);
      expect(card.commands).toBeGreaterThan(whole.commands);
    });

    test('a card swapped during the read is CARD_CHANGED', async () => {
      const other = person('middle-name').image;
      const options = person('normal', { swapAt: { command: 30, image: other } });
      await insert(options);
      await expect(read(options)).rejects.toMatchObject({ code: 'CARD_CHANGED' });
    });

    test.each(scope.yankSteps)('yanked at command %i it is CARD_REMOVED', async (yankAt) => {
      const options = person('normal', { yankAt });
      await insert(options);
      const removed = events.next();
      await expect(read(options)).rejects.toMatchObject({ code: 'CARD_REMOVED' });
      expect((await removed).value).toEqual({ kind: 'card-removed' });
    });

    test('an aborted read throws the reason of the abort, at once', async () => {
      const options = person('normal', { muteAt: 12 });
      await insert(options);
      const leave = new AbortController();
      const reading = read(options, { signal: leave.signal, onProgress: () => leave.abort(new Error('visit ended')) });
      await expect(reading).rejects.toThrow('visit ended');
    });

    test('a read over its limit is CARD_TIMEOUT', async () => {
      const options = { ...person('year-only'), wireSpeed: true };
      await insert(options);
      await expect(read(options, { readLimitMs: 300 })).rejects.toMatchObject({ code: 'CARD_TIMEOUT' });
    });

    test('a mute card does not hold up closing', async () => {
      const options = person('upside-down');
      await insert(options);
      expect(rig.reader.fault).toBeUndefined();
      const pending = rig.reader.transmit(SELECT_THAI_ID, stop.signal);
      pending.catch(() => undefined);
      await rig.reader[Symbol.asyncDispose]();
      await expect(pending).rejects.toMatchObject({ name: 'StationFault' });
      expect(rig.reader.fault).toMatchObject({ code: 'READER_MISSING' });
      await expect(rig.reader.transmit(SELECT_THAI_ID, stop.signal)).rejects.toMatchObject({ code: 'READER_MISSING' });
    });
  });
}
