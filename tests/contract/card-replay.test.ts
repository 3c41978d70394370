import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SELECT_THAI_ID } from '../../src/peripherals/card/apdu.ts';
import { ReplayReader } from '../../src/peripherals/card/drivers/replay/replay-reader.ts';
import { makePerson, PEOPLE } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import type { CardReader } from '../../src/peripherals/card/port.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { type Recording, recordingSchema } from '../../src/peripherals/card/recording.ts';
import { RecordingReader } from '../../src/peripherals/card/recording-reader.ts';
import { waitForCard } from '../../src/peripherals/card/wait-for-card.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';

const folder = fileURLToPath(new URL('../../hardware/recordings/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const { signal } = new AbortController();
const limits = { apduLimitMs: 1_000, readLimitMs: 5_000 };

async function readWhole(reader: CardReader, withPhoto = true) {
  const progress: number[] = [];
  const atr = await waitForCard(reader, 1_000, signal);
  const card = await readThaiId(reader, {
    atr,
    signal,
    ...limits,
    withPhoto,
    onText: () => expect(progress.at(-1)).toBeLessThanOrEqual(withPhoto ? 0.2 : 1),
    onProgress: (fraction) => progress.push(fraction),
  });
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
  return card;
}

describe.each(files)('recording %s', (name) => {
  const recording = recordingSchema.parse(JSON.parse(readFileSync(`${folder}${name}`, 'utf8')));
  const nobody = {
    citizenId: '9990000000006',
    nameThai: { first: 'ตัวอย่าง', last: 'บันทึก' },
    expiry: { kind: 'lifetime' },
    atr: recording.atr,
  };

  test('is read whole, twice, and without its photo', async () => {
    await using reader = new ReplayReader(recording);
    const once = await readWhole(reader);
    expect(once).toMatchObject({ ...nobody, photo: { width: 1, height: 1 } });
    expect((await readWhole(reader)).photo).toEqual(once.photo);
  });

  test('its text alone is read', async () => {
    await using reader = new ReplayReader(recording);
    expect(await readWhole(reader, false)).toMatchObject({ ...nobody, photo: undefined });
  });

  test('behaves as a reader does', async () => {
    const reader = new ReplayReader(recording);
    expect(reader.fault).toBeUndefined();
    const stop = new AbortController();
    const events = reader.events(stop.signal)[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ kind: 'card-inserted' });
    const next = events.next();
    stop.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(reader.transmit(Uint8Array.of(0, 0x20, 0, 0), signal)).rejects.toMatchObject({
      code: 'CARD_PROTOCOL',
    });
    await reader[Symbol.asyncDispose]();
    expect(reader.fault).toMatchObject({ code: 'READER_MISSING' });
    await expect(reader.transmit(SELECT_THAI_ID, signal)).rejects.toMatchObject({ code: 'READER_MISSING' });
  });
});

test('there is a recording', () => expect(files).not.toHaveLength(0));

test.each(PEOPLE.map(({ id }) => id))('recorded and redacted, nothing of the card is left: %s', async (id) => {
  const photoJpeg = await makeCardPhoto();
  const options = makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false });
  await using simulated = new SimulatedCardReader('Some reader (SERIAL 0815) 00 00');
  const recorder = new RecordingReader(simulated);
  simulated.insert(new VirtualCard({ ...options, faults: { ...options.faults, resetAt: [30] } }));
  const read = async (reader: CardReader) => {
    const atr = await waitForCard(reader, 1_000, signal);
    const told = { onText: () => undefined, onProgress: () => undefined };
    return await readThaiId(reader, {
      atr,
      signal,
      apduLimitMs: 50,
      readLimitMs: 5_000,
      withPhoto: true,
      ...told,
    }).then(
      (card) => card.photo?.bytes,
      (error) => error.code,
    );
  };
  const seen = await read(recorder);
  const recording: Recording = recorder.finish('0.0.0');
  recordingSchema.parse(recording);
  expect(recording.reader).toBe('Some reader 00 00');
  const fields: readonly (readonly [from: number, to: number])[] = [
    [0x004, 0x011],
    [0x011, 0x075],
    [0x075, 0x0d9],
    [0x1579, 0x1619],
    [0x17b + 200, 0x17b + 300],
  ];
  const text = JSON.stringify(recording);
  for (const [from, to] of fields) {
    // What is not padding is looked for in pieces of eight bytes, wherever an answer may have been cut.
    const content = Buffer.from(options.image.slice(from, to))
      .toString('hex')
      .replace(/((20)+|(00)+)$/, '');
    for (let at = 0; at + 16 <= content.length; at += 16) {
      const piece = content.slice(at, at + 16);
      if (!/^(..)\1+$/.test(piece) && !SAID_BY_NOBODY.includes(piece)) expect(text).not.toContain(piece);
    }
  }
  expect(recorder.finish('0.0.0').exchanges).toHaveLength(0);
  if (id === 'upside-down' || id === 'foreign') return;
  await using replay = new ReplayReader(recording);
  // Nobody's number is right, whatever the card's was.
  expect(await read(replay)).toBe(seen === 'DATA_INVALID' ? undefined : seen);
});

/** Words of form, in the fixtures as in the redacted data: นาย#…, ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ. */
const SAID_BY_NOBODY = Buffer.from(
  Uint8Array.from('หมู่ที่ 1####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ', (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : code - 0x0e00 + 0xa0;
  }),
).toString('hex');
