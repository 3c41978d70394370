import { expect, test } from 'vitest';
import { answerTo, createEvent, destroyEvent, inputEvent, LONGEST_EVENT, UHID } from './uhid-events.ts';

/** Offsets as the C compiler gives them for the packed structures of linux/uhid.h. */
test('a device is created with name, size, bus, ids and descriptor where the kernel looks for them', () => {
  const event = Buffer.from(createEvent('Scanner', Uint8Array.of(0x05, 0x8c, 0x09, 0x02)));
  expect(event.readUInt32LE(0)).toBe(11);
  expect(event.toString('latin1', 4, 12)).toBe('Scanner\0');
  expect(event.readUInt16LE(260)).toBe(4);
  expect(event.readUInt16LE(262)).toBe(3);
  expect([264, 268, 272, 276].map((at) => event.readUInt32LE(at))).toEqual([0x1209, 1, 1, 0]);
  expect([...event.subarray(280)]).toEqual([0x05, 0x8c, 0x09, 0x02]);
  expect(createEvent('x', new Uint8Array(4096))).toHaveLength(LONGEST_EVENT);
  expect(createEvent('n'.repeat(500), new Uint8Array(1))).toHaveLength(281);
});

test('a report carries its length; destroying is a type alone', () => {
  expect([...inputEvent(Uint8Array.of(2, 7, 9))]).toEqual([12, 0, 0, 0, 3, 0, 2, 7, 9]);
  expect([...destroyEvent()]).toEqual([1, 0, 0, 0]);
});

test('a question of the kernel is refused at once, under its own number; other events are heard only', () => {
  const ask = (type: number) => Uint8Array.of(type, 0, 0, 0, 0x78, 0x56, 0x34, 0x12, 2, 0);
  expect([...(answerTo(ask(UHID.getReport)) ?? [])]).toEqual([10, 0, 0, 0, 0x78, 0x56, 0x34, 0x12, 5, 0, 0, 0]);
  expect([...(answerTo(ask(UHID.setReport)) ?? [])]).toEqual([14, 0, 0, 0, 0x78, 0x56, 0x34, 0x12, 5, 0]);
  expect(answerTo(ask(UHID.open))).toBeUndefined();
  expect(answerTo(new Uint8Array(3))).toBeUndefined();
});
