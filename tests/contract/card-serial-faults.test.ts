import { afterEach, describe, expect, test } from 'vitest';
import { SELECT_THAI_ID } from '../../src/peripherals/card/apdu.ts';
import type { SerialCcidOptions } from '../../src/peripherals/card/drivers/serial-ccid/serial-ccid-reader.ts';
import { makePerson, type PersonId } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import {
  type SerialFault,
  type SerialFrameName,
  seededSerialFaults,
} from '../../src/peripherals/card/drivers/simulated/serial-faults.ts';
import type { SerialReaderOptions } from '../../src/peripherals/card/drivers/simulated/serial-reader.ts';
import { type CardFaults, VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import type { CardEvent } from '../../src/peripherals/card/port.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { memoryCable } from '../fixtures/cables.ts';
import { type SerialReaderRig, serialReaderRig } from '../fixtures/serial-reader-rig.ts';

const QUICK = { statusMs: 60, answerMs: 120 } as const;
let rig: SerialReaderRig | undefined;
let stop = new AbortController();

afterEach(async () => {
  stop.abort();
  await rig?.[Symbol.asyncDispose]();
  rig = undefined;
  stop = new AbortController();
});

const personOf = (id: PersonId) => makePerson(id, { photoJpeg: undefined, today: new Date(), wireSpeed: false });

/** A rig with its events. */
async function open(change: Partial<SerialReaderOptions> = {}, driver: Partial<SerialCcidOptions> = {}) {
  const made = await serialReaderRig(memoryCable, change, { timing: QUICK, ...driver });
  rig = made;
  const events = made.reader.events(stop.signal)[Symbol.asyncIterator]();
  const until = async (kind: CardEvent['kind']) => {
    for (;;) {
      const { value } = await events.next();
      if (value === undefined) throw new Error('the events have ended');
      if (value.kind === kind) return value;
    }
  };
  const insert = async (id: PersonId, faults: CardFaults = {}) => {
    const card = new VirtualCard({ ...personOf(id), faults });
    await made.insert(card);
    await until('card-inserted');
    return card;
  };
  const read = (apduLimitMs = 3_000) =>
    readThaiId(made.reader, {
      atr: personOf('normal').atr,
      signal: stop.signal,
      apduLimitMs,
      readLimitMs: 25_000,
      withPhoto: false,
      onText: () => undefined,
      onProgress: () => undefined,
    }).then(
      ({ nameThai }) => nameThai.first,
      ({ code }) => code,
    );
  return { ...made, insert, until, read };
}

/** One fault at the n-th frame of a name. */
const once =
  (name: SerialFrameName, at: number, fault: SerialFault): SerialReaderOptions['faultFor'] =>
  (frame) =>
    frame.name === name && frame.index === at ? fault : undefined;

describe('one frame goes wrong, and the card is read all the same', () => {
  const faults: readonly (readonly [SerialFrameName, SerialFault])[] = [
    ...[0xff, 0xfe, 0xfd, 0x99].map((status) => ['command', { kind: 'refuse', status }] as const),
    ['command', { kind: 'lose' }],
    ...(['status', 'answer'] as const).flatMap((name) =>
      ([{ kind: 'lose' }, { kind: 'double' }, { kind: 'precede', bytes: Uint8Array.of(2, 0x80, 3, 2) }] as const).map(
        (fault) => [name, fault] as const,
      ),
    ),
    ...[1, 2, 6, 7, 12, 20].map((atByte) => ['answer', { kind: 'corrupt', atByte }] as const),
    ...[1, 8, 15].map((atByte) => ['answer', { kind: 'split', atByte, gapMs: 250 }] as const),
    ['answer', { kind: 'wrong-seq' }],
    ['answer', { kind: 'more-time', times: 5, everyMs: 40 }],
  ];
  test.each(faults)('%s: %o', async (name, fault) => {
    const { insert, read } = await open({ faultFor: once(name, 9, fault) });
    await insert('normal');
    expect(await read()).toBe('สมหญิง');
    expect(await read()).toBe('สมหญิง');
  });

  test('split at every byte boundary', async () => {
    let atByte = 0;
    const { insert, read } = await open({ faultFor: () => ({ kind: 'split', atByte: atByte++ % 32, gapMs: 0 }) });
    await insert('normal');
    expect(await read()).toBe('สมหญิง');
    expect(atByte).toBeGreaterThan(64);
  });

  test.each([1, 2, 3, 4])('one frame in eight, seed %i', async (seed) => {
    const { insert, read } = await open({ faultFor: seededSerialFaults(seed, 8) });
    await insert('normal');
    // Noise may look like a refusal of the card: read again, as an operator would, it must come whole.
    const codes = [await read(), await read(), await read()];
    expect(codes).toContain('สมหญิง');
    expect(codes.filter((code) => !/สมหญิง|^(CARD|READER)_/.test(code))).toEqual([]);
  });
});

describe('the card', () => {
  test('the reader calls it mute: CARD_MUTE at once, and the next card is read', async () => {
    const { insert, read, pull, until } = await open({ muteAfterMs: 20 });
    await insert('normal', { muteAt: 9 });
    expect(await read(20_000)).toBe('CARD_MUTE');
    await pull();
    await until('card-removed');
    await insert('normal');
    expect(await read()).toBe('สมหญิง');
  });

  test('no answer to reset is a card with an empty answer to reset; one that answers later is told anew', async () => {
    const { simulator, until } = await open({ muteAfterMs: 20 });
    const mute = { ...personOf('normal'), atr: new Uint8Array() };
    simulator().insert(new VirtualCard(mute));
    expect(await until('card-inserted')).toMatchObject({ atr: new Uint8Array() });
    await expect(rig?.reader.transmit(SELECT_THAI_ID, stop.signal)).rejects.toMatchObject({ code: 'CARD_MUTE' });
    simulator().insert(new VirtualCard(personOf('normal')));
    await until('card-removed');
    expect(await until('card-inserted')).toMatchObject({ atr: { length: 14 } });
  });

  test('that asks for more time without end ends with the limit of the command', async () => {
    const { insert, read } = await open({
      faultFor: ({ name, index }) =>
        name === 'answer' && index > 6 ? { kind: 'more-time', times: 1_000, everyMs: 20 } : undefined,
    });
    await insert('normal');
    expect(await read(500)).toMatch(/CARD_(MUTE|TIMEOUT)/);
  });

  test.each([true, false])('swapped between two looks it is another one (tells changes: %s)', async (tellsChanges) => {
    const { insert, simulator, until, read } = await open({ tellsChanges });
    await insert('normal');
    expect(await read()).toBe('สมหญิง');
    await rig?.reader.transmit(SELECT_THAI_ID, stop.signal);
    simulator().insert(new VirtualCard(personOf('lifetime')));
    await until('card-removed');
    await until('card-inserted');
    expect(await read()).toBe('บุญมา');
  });

  test('a notice said twice is one event', async () => {
    const { insert, pull, until } = await open({
      faultFor: ({ name }) => (name === 'notice' ? { kind: 'double' } : undefined),
    });
    await insert('normal');
    await pull();
    await until('card-removed');
    await insert('lifetime');
    const told: string[] = [];
    for await (const { kind } of rig?.reader.events(AbortSignal.timeout(300)) ?? []) told.push(kind);
    expect(told).toEqual(['card-inserted']);
  });
});

describe('the reader', () => {
  test.each([1, 8, 14, 30])(
    'unplugged within an answer, after byte %i: READER_MISSING, and read when it is back',
    async (atByte) => {
      const { insert, read, unplug, plugIn, until, reader } = await open({
        faultFor: once('answer', 12, { kind: 'unplug', atByte }),
      });
      await insert('normal');
      expect(await read()).toBe('READER_MISSING');
      await until('card-removed');
      await unplug();
      expect(reader.fault).toMatchObject({ code: 'READER_MISSING' });
      await plugIn();
      await insert('normal');
      expect(reader.fault).toBeUndefined();
    },
  );

  test('that stays away is told to who waits for events, again and again', async () => {
    const { unplug } = await open({}, { lostAfterMs: 50 });
    await unplug();
    for (let round = 0; round < 2; round++) {
      const next = rig?.reader.events(stop.signal)[Symbol.asyncIterator]().next();
      await expect(next).rejects.toMatchObject({ code: 'READER_MISSING' });
    }
  });

  test('that says nothing is READER_SILENT, and works again when it speaks', async () => {
    const { simulator, reader, insert, read } = await open();
    await insert('normal');
    simulator().isDead = true;
    expect(await read(20_000)).toBe('READER_SILENT');
    expect(reader.fault).toMatchObject({ code: 'READER_SILENT' });
    simulator().isDead = false;
    await expect.poll(() => reader.fault).toBeUndefined();
    await expect.poll(() => read()).toBe('สมหญิง');
  });

  test('without the slot that the settings name: CONFIG_INVALID', async () => {
    const { reader } = await open({}, { slot: 3 });
    await expect.poll(() => reader.fault?.code).toBe('CONFIG_INVALID');
  });

  test('that is closed while it is looked for leaves nothing behind', async () => {
    const { unplug, reader } = await open();
    await unplug();
    await reader[Symbol.asyncDispose]();
    expect(reader.fault).toMatchObject({ message: 'the reader was closed' });
    await expect(reader.events(stop.signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'READER_MISSING',
    });
  });
});
