import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchange, readBinary } from './apdu.ts';
import { makePerson } from './drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from './drivers/simulated/simulated-reader.ts';
import { VirtualCard } from './drivers/simulated/virtual-card.ts';
import { FIELDS, type FieldName } from './memory-map.ts';
import type { CardReader } from './port.ts';
import { parseFields } from './read-fields.ts';
import { readThaiId } from './read-thai-id.ts';
import { redact } from './redact.ts';
import { decodeText } from './tis620.ts';

const MOST_COMMANDS = 600;
const status = fc.oneof(
  fc.constantFrom(0x9000, 0x6100, 0x61ff, 0x6c10, 0x6985, 0x6a82),
  fc.integer({ min: 0, max: 0xffff }),
);
const response = fc.record({ data: fc.uint8Array({ maxLength: 256 }), sw: status });
const options = { signal: new AbortController().signal, apduLimitMs: 1_000, readLimitMs: 5_000, withPhoto: true };
const told = { onText: () => undefined, onProgress: () => undefined };

/** Reads; anything thrown but a fault with a code is a mistake of ours. */
async function outcomeOf(reader: CardReader, atr: Uint8Array): Promise<string> {
  return await readThaiId(reader, { atr, ...options, ...told }).then(
    () => 'read',
    (error) => {
      expect(error.name).toBe('StationFault');
      return error.code;
    },
  );
}

test('whatever a chip answers to one command ends in data or a coded fault, after eight questions at most', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(response, { maxLength: 12 }),
      fc.constantFrom(0 as const, 1 as const),
      async (said, p2) => {
        let asked = 0;
        const send = async () => {
          const next = said[asked++] ?? { data: new Uint8Array(), sw: 0x6100 };
          return { data: Uint8Array.from(next.data), sw: next.sw };
        };
        const outcome = await exchange(send, readBinary(FIELDS.address), p2).then(
          ({ sw }) => sw,
          ({ code }) => code,
        );
        expect(typeof outcome === 'number' || outcome === 'CARD_PROTOCOL').toBe(true);
        expect(asked).toBeLessThanOrEqual(8);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a chip that answers anything at all is a fault or a read, within a bounded number of commands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(response, { minLength: 1, maxLength: 40 }), async (said) => {
      let asked = 0;
      const reader: CardReader = {
        name: 'fuzzed',
        fault: undefined,
        events: async function* () {},
        transmit: async () => {
          const next = said[asked++ % said.length] ?? { data: [], sw: 0 };
          return { data: Uint8Array.from(next.data), sw: next.sw };
        },
        release: async () => undefined,
        [Symbol.asyncDispose]: async () => undefined,
      };
      await outcomeOf(reader, Uint8Array.of(0x3b, 0x67));
      expect(asked).toBeLessThan(MOST_COMMANDS);
    }),
    { numRuns: 1_000 },
  );
});

test('a sound card with some bytes of its memory changed is read or refused, and never breaks the reader', async () => {
  const person = makePerson('normal', { photoJpeg: undefined, today: new Date(), wireSpeed: false });
  const change = fc.tuple(fc.integer({ min: 0, max: 0x1626 }), fc.uint8Array({ minLength: 1, maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
      const image = Uint8Array.from(person.image);
      for (const [at, bytes] of changes) image.set(bytes.subarray(0, image.length - at), at);
      await using reader = new SimulatedCardReader();
      reader.insert(new VirtualCard({ ...person, image }));
      expect(['read', 'DATA_INVALID']).toContain(await outcomeOf(reader, person.atr));
    }),
    { numRuns: 500 },
  );
});

test('fields of any bytes are a text or DATA_INVALID', () => {
  const sound: Readonly<Record<FieldName, string>> = {
    citizenId: '9990000000006',
    nameThai: 'ก#ข##ค',
    nameEnglish: 'a#b##c',
    birthDate: '25000101',
    sex: '1',
    issuer: '',
    issueDate: '25600101',
    expiry: '99999999',
    address: '',
    requestNumber: '',
  };
  const names = fc.constantFrom(...(Object.keys(FIELDS) as FieldName[]));
  fc.assert(
    fc.property(names, fc.uint8Array({ maxLength: 160 }), (name, bytes) => {
      try {
        parseFields({ ...sound, [name]: decodeText(bytes) });
      } catch (error) {
        expect(error).toMatchObject({ code: 'DATA_INVALID' });
      }
    }),
    { numRuns: 20_000 },
  );
});

test('a redacted recording depends on nothing that the card held', () => {
  const command = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 0xffff })).map(([offset]) => readBinary({ offset, length: 255 })),
    fc.constant(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, 0xff)),
    fc.uint8Array({ minLength: 4, maxLength: 20 }),
  );
  const answer = fc.uint8Array({ minLength: 2, maxLength: 258 });
  fc.assert(
    fc.property(fc.array(fc.record({ command, answer }), { maxLength: 40 }), (exchanges) => {
      const blank = exchanges.map((one) => ({
        command: one.command,
        answer: Uint8Array.of(...new Uint8Array(one.answer.length - 2), ...one.answer.subarray(-2)),
      }));
      const redacted = redact(exchanges);
      expect(redacted.map((one) => one.answer.length)).toEqual(exchanges.map((one) => one.answer.length));
      expect(redacted).toEqual(redact(blank));
    }),
    { numRuns: 500 },
  );
});
