import { expect, test } from 'vitest';
import { parseCitizenId } from '../../src/peripherals/card/citizen-id.ts';
import {
  type HolderCard,
  holderNumber,
  makeHolderCard,
} from '../../src/peripherals/card/drivers/simulated/holder-card.ts';
import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';

const CARD: HolderCard = {
  citizenNumber: holderNumber(0),
  name: { title: 'นาย', given: 'ทองดี', family: 'ศรีสุวรรณ' },
  bornYear: 1951,
  isMan: true,
  issued: '2024-05-31',
  expires: '2026-10-19',
  isMute: false,
};

test('the card of somebody of a made-up list is read with their number, name and dates', async () => {
  const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  await using reader = new SimulatedCardReader();
  const card = new VirtualCard(makeHolderCard(CARD, photo, false));
  reader.insert(card);
  const read = await readThaiId(reader, {
    atr: card.atr,
    signal: new AbortController().signal,
    apduLimitMs: 1_000,
    readLimitMs: 10_000,
    withPhoto: false,
    onText: () => undefined,
    onProgress: () => undefined,
  });
  expect(read).toMatchObject({ citizenId: CARD.citizenNumber, issueDate: '2024-05-31' });
  expect(read.nameThai).toMatchObject({ first: 'ทองดี', last: 'ศรีสุวรรณ' });
  expect(JSON.stringify(read)).toContain('2026-10-19');
});

test('every number has a right check digit and is nobody else’s', () => {
  const numbers = Array.from({ length: 8_000 }, (_, index) => holderNumber(index));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((one) => one.startsWith('9') && parseCitizenId(one) !== undefined)).toBe(true);
});
