import { expect, test } from 'vitest';
import { makePerson } from './drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from './drivers/simulated/simulated-reader.ts';
import { VirtualCard } from './drivers/simulated/virtual-card.ts';
import { waitForCard } from './wait-for-card.ts';

const card = () => new VirtualCard(makePerson('normal', { photoJpeg: undefined, today: new Date(), wireSpeed: false }));
const { signal } = new AbortController();

test('a card that comes in time', async () => {
  await using reader = new SimulatedCardReader();
  const waiting = waitForCard(reader, 1_000, signal);
  const inserted = card();
  reader.insert(inserted);
  expect(await waiting).toEqual(inserted.atr);
});

test('none in time is CARD_ABSENT', async () => {
  await using reader = new SimulatedCardReader();
  await expect(waitForCard(reader, 20, signal)).rejects.toMatchObject({ code: 'CARD_ABSENT' });
});

test('an abort is its reason, a closed reader its fault', async () => {
  await using reader = new SimulatedCardReader();
  const leave = new AbortController();
  const waiting = waitForCard(reader, 1_000, leave.signal);
  leave.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  const closing = waitForCard(reader, 1_000, signal);
  await reader[Symbol.asyncDispose]();
  await expect(closing).rejects.toMatchObject({ code: 'READER_MISSING' });
});
