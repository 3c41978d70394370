import { expect, test } from 'vitest';
import { MemoryLine } from '../../../serial/drivers/memory/memory-link.ts';
import { encodePayload } from './messages.ts';
import { encodePacket, plainPacket } from './packet.ts';
import { PacketLine } from './packet-line.ts';
import { Session } from './session.ts';

const { signal } = new AbortController();

/** A session that has received packets with these numbers; the number is the body too. */
async function receiving(...numbers: readonly number[]) {
  const line = new MemoryLine();
  const session = new Session(new PacketLine(line.open()), null);
  for (const number of numbers) {
    const packet = plainPacket('R', encodePayload(number, Uint8Array.of(number)));
    await line.device.write(encodePacket(packet), 100, signal);
  }
  return async () => (await session.receive(200, signal)).body[0];
}

test('numbers go up, by 20 at most', async () => {
  const next = await receiving(1, 2, 22, 42);
  expect([await next(), await next(), await next(), await next()]).toEqual([1, 2, 22, 42]);
});

test('a doubled or replayed packet is passed over', async () => {
  const next = await receiving(1, 1, 3, 2, 0, 3, 4);
  expect([await next(), await next(), await next()]).toEqual([1, 3, 4]);
  await expect(next()).rejects.toMatchObject({ code: 'SCANNER_SILENT' });
});

test('a number that leaps ahead ends the session', async () => {
  const next = await receiving(1, 22);
  expect(await next()).toBe(1);
  await expect(next()).rejects.toMatchObject({ code: 'SCANNER_PROTOCOL' });
});
