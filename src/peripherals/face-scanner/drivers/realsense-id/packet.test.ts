import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_GAP_MS } from '../../../../shared/frame-cutter.ts';
import {
  commandBody,
  encodePayload,
  generationOf,
  isSafeConfig,
  meaningOf,
  readFaces,
  readPayload,
  readStatus,
  safeConfig,
} from './messages.ts';
import { crc16, encodePacket, LONGEST_PAYLOAD, type Packet, packetCutter, plainPacket } from './packet.ts';

const START = 0x1d0f;
const command = encodePacket(plainPacket('B', encodePayload(1, commandBody())));
const cut = (bytes: Uint8Array): readonly Packet[] => packetCutter().push(bytes, 0);

describe('packets', () => {
  test('the CRC of "123456789" is E5CC', () => {
    expect(crc16(Buffer.from('123456789'), START)).toBe(0xe5cc);
  });

  test('a command is a packet of 120 bytes, laid out as the protocol says', () => {
    expect(command).toHaveLength(120);
    expect([...command.subarray(0, 4)]).toEqual([0x40, 0x46, 3, 0x42]);
    expect([...command.subarray(4, 20)]).toEqual(new Array(16).fill(0));
    expect([...command.subarray(20, 26)]).toEqual([64, 0, 1, 0, 0, 0]);
    expect(command[26 + 31]).toBe(0x30);
    expect([...command.subarray(86, 118)]).toEqual(new Array(32).fill(0));
    const crc = crc16(command.subarray(0, 118), START);
    expect([...command.subarray(118)]).toEqual([crc & 0xff, crc >> 8]);
  });

  test('the start of a session, byte by byte', () => {
    const bytes = encodePacket(plainPacket('o', encodePayload(0, new Uint8Array())));
    const expected = `4046036f${'00'.repeat(16)}2000${'00'.repeat(32)}${'00'.repeat(32)}`;
    expect(Buffer.from(bytes.subarray(0, 86)).toString('hex')).toBe(expected);
    expect(cut(bytes)[0]?.id).toBe('o');
  });

  test('of a sealed packet the CRC is believed with and without the seal, and no other', () => {
    const sealed = encodePacket({
      ...plainPacket('B', encodePayload(1, commandBody())),
      hmac: new Uint8Array(32).fill(7),
    });
    expect(cut(sealed)).toHaveLength(1);
    const described = crc16(sealed.subarray(0, 118), START);
    const other = Uint8Array.from([...sealed.subarray(0, 118), described & 0xff, described >> 8]);
    expect(cut(other)).toHaveLength(1);
    other[118] = (other[118] ?? 0) ^ 1;
    expect(cut(other)).toHaveLength(0);
  });

  test('split at every byte boundary, a packet is the same packet', () => {
    for (let at = 0; at <= command.length; at++) {
      const cutter = packetCutter();
      const packets = [...cutter.push(command.subarray(0, at), 0), ...cutter.push(command.subarray(at), 0)];
      expect(packets, `at ${at}`).toEqual(cut(command));
    }
  });

  test('console text, broken packets and a pause inside cost only themselves', () => {
    const broken = command.map((byte, index) => (index === 60 ? byte ^ 1 : byte));
    const version = Uint8Array.from([...command.subarray(0, 2), 2, ...command.subarray(3)]);
    for (const before of [Buffer.from('\r\nOPFW : 5.6.0.1\r\n@@F'), broken, version, command.subarray(0, 50)]) {
      expect(cut(Uint8Array.from([...before, ...command]))).toHaveLength(1);
    }
    const cutter = packetCutter();
    cutter.push(command.subarray(0, 40), 0);
    expect(cutter.push(command.subarray(40), FRAME_GAP_MS + 1)).toEqual([]);
    expect(cutter.push(command, FRAME_GAP_MS + 2)).toHaveLength(1);
  });

  test('the longest payload goes through, a longer one is refused', () => {
    const longest = encodePacket(plainPacket('f', encodePayload(9, new Uint8Array(LONGEST_PAYLOAD - 4).fill(1))));
    expect(cut(longest)).toHaveLength(1);
    expect(() => encodePayload(9, new Uint8Array(LONGEST_PAYLOAD - 3))).toThrow(RangeError);
  });

  test('whatever comes: no throw, nothing kept but a packet, and a whole packet after it is found', () => {
    const chunk = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(command, command.subarray(0, 30)));
    fc.assert(
      fc.property(fc.array(chunk), (noise) => {
        const cutter = packetCutter();
        let atMs = 0;
        for (const bytes of noise) {
          cutter.push(bytes, atMs++);
          expect(cutter.pending).toBeLessThanOrEqual(22 + LONGEST_PAYLOAD + 34);
        }
        let found = 0;
        for (let tries = 0; tries < 100 && found === 0; tries++) {
          atMs += FRAME_GAP_MS + 1;
          found = cutter.push(command, atMs).length;
        }
        expect(found).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('messages', () => {
  test('number and body come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.uint8Array({ maxLength: 200 }), (seq, body) => {
        const payload = encodePayload(seq, body);
        expect(payload.length % 32).toBe(0);
        const read = readPayload(payload);
        expect(read.seq).toBe(seq);
        expect(read.body.subarray(0, body.length)).toEqual(body);
      }),
    );
  });

  test.each([0, 16, 20, 120, 127, 207])('status %i is read as it was written', (status) => {
    const body = commandBody();
    body[31] = (0x30 + status) & 0xff;
    expect(readStatus(body)).toBe(status);
  });

  test('0 alone is bona fide, whatever the firmware and the number', () => {
    for (const generation of ['f45x', 'later'] as const) {
      for (let status = 0; status < 256; status++) {
        expect(meaningOf(status, generation).kind === 'bona-fide', `${generation} ${status}`).toBe(status === 0);
      }
    }
  });

  test('an attack has another number in later firmware', () => {
    expect(meaningOf(16, 'f45x')).toEqual({ kind: 'attack' });
    expect(meaningOf(19, 'f45x')).toEqual({ kind: 'not-run' });
    expect(meaningOf(16, 'later')).toEqual({ kind: 'hint', hint: 'look-straight' });
    expect(meaningOf(19, 'later')).toEqual({ kind: 'attack' });
    for (const status of [120, 123, 127]) expect(meaningOf(status, 'f45x')).toEqual({ kind: 'attack' });
    expect(meaningOf(1, 'f45x')).toEqual({ kind: 'no-face' });
    expect(meaningOf(17, 'f45x')).toEqual({ kind: 'not-run' });
  });

  test('settings are made safe and otherwise left alone', () => {
    const factory = Uint8Array.from([3, 2, 1, 4, 5, 6, 7, 8]);
    expect(isSafeConfig(factory)).toBe(false);
    expect([...safeConfig(factory)]).toEqual([3, 0, 0, 4, 5, 6, 7, 8]);
    expect(isSafeConfig(safeConfig(factory))).toBe(true);
    expect(generationOf(readPayload(encodePayload(1, factory)).body)).toBe('f45x');
    expect(generationOf(readPayload(encodePayload(1, new Uint8Array(60))).body)).toBe('later');
  });

  test('faces of any bytes can be read; a box only of a single face inside the picture', () => {
    const picture = { width: 1080, height: 1920 };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (body) => void readFaces(body, picture)));
    const body = new Uint8Array(28);
    body[0] = 1;
    const view = new DataView(body.buffer);
    [108, 192, 216, 384].forEach((value, index) => void view.setUint32(5 + 4 * index, value, true));
    expect(readFaces(body, picture)).toEqual({ count: 1, box: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 } });
    body[0] = 2;
    expect(readFaces(body, picture)).toEqual({ count: 2, box: null });
  });
});
