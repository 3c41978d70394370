import { getEventListeners } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { GENERATIONS, type Generation } from '../../../tests/fixtures/card-generations.ts';
import { makeCardPhoto } from '../../../tests/fixtures/card-photo.ts';
import { makePerson, type PersonId } from './drivers/simulated/fixtures.ts';
import { padJpeg } from './drivers/simulated/pad-jpeg.ts';
import { SimulatedCardReader } from './drivers/simulated/simulated-reader.ts';
import { type CardFaults, VirtualCard } from './drivers/simulated/virtual-card.ts';
import { readThaiId } from './read-thai-id.ts';
import type { ThaiIdText } from './thai-id-card.ts';

/** In-process answers come without a timer in between, so that the shortest limit hits mute cards only, ms. */
const APDU_LIMIT_MS = 1;

describe('a card that is pulled, falls silent, is reset or swapped at any command', () => {
  let photoJpeg: Uint8Array;
  beforeAll(async () => {
    photoJpeg = padJpeg(await makeCardPhoto(), 5118, 0x41);
  });
  const optionsOf = (generation: Generation, faults: CardFaults, id: PersonId = 'normal') => ({
    ...makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false }),
    ...generation.card,
    faults,
  });
  /** Reads a card in a reader; tells what became of it, every text it published, and the commands it took. */
  const read = async (reader: SimulatedCardReader, card: VirtualCard, signal = new AbortController().signal) => {
    const texts: ThaiIdText[] = [];
    reader.insert(card);
    const outcome = await readThaiId(reader, {
      atr: card.atr,
      signal,
      apduLimitMs: APDU_LIMIT_MS,
      readLimitMs: 5_000,
      withPhoto: true,
      onText: (text) => texts.push(text),
      onProgress: () => undefined,
    }).catch((error: { code: string }) => error.code);
    reader.pull();
    return { outcome, texts, commands: card.commands };
  };
  const activeTimers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const codeOf = (outcome: unknown) => (typeof outcome === 'string' ? outcome : 'read');
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const commandsOf = async (generation: Generation) => {
    await using reader = new SimulatedCardReader();
    return (await read(reader, new VirtualCard(optionsOf(generation, {})))).commands;
  };

  test.each(GENERATIONS)('$name, $answers: pulled or mute at each command', async (generation) => {
    await using reader = new SimulatedCardReader();
    const { signal } = new AbortController();
    const timers = activeTimers();
    const commands = await commandsOf(generation);
    expect(commands).toBe(generation.card.answers === 'apdu' ? 33 : 65);
    const told: string[] = [];
    for (const n of upTo(commands)) {
      const pulled = await read(reader, new VirtualCard(optionsOf(generation, { yankAt: n })), signal);
      const mute = await read(reader, new VirtualCard(optionsOf(generation, { muteAt: n })), signal);
      const next = await read(reader, new VirtualCard(optionsOf(generation, {}, 'middle-name')), signal);
      told.push(`${n} ${codeOf(pulled.outcome)} ${codeOf(mute.outcome)} ${codeOf(next.outcome)}`);
      expect(next.outcome).toMatchObject({ nameThai: { middle: 'อรุณ' }, photo: { bytes: 5118 } });
    }
    expect(told).toEqual(upTo(commands).map((n) => `${n} CARD_REMOVED ${n === 1 ? 'CARD_MUTE' : 'CARD_TIMEOUT'} read`));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    // The test runner has a few of its own that come and go; a leak would be one for each read.
    expect(activeTimers()).toBeLessThan(timers + 5);
  });

  test.each(GENERATIONS)('$name, $answers: swapped unseen at each command of the photo', async (generation) => {
    await using reader = new SimulatedCardReader();
    const { image } = optionsOf(generation, {}, 'lifetime');
    const commands = await commandsOf(generation);
    const perRange = generation.card.answers === 'apdu' ? 1 : 2;
    const first = 2 + 10 * perRange;
    for (let n = first; n <= commands - perRange + 1; n++) {
      const faults: CardFaults = { swapAt: { command: n, image } };
      expect(codeOf((await read(reader, new VirtualCard(optionsOf(generation, faults)))).outcome), `${n}`).toBe(
        'CARD_CHANGED',
      );
    }
  });

  test.each(GENERATIONS)('$name, $answers: swapped, with the loss of power that a swap is', async (generation) => {
    await using reader = new SimulatedCardReader();
    const { image } = optionsOf(generation, {}, 'lifetime');
    const commands = await commandsOf(generation);
    for (const n of upTo(commands)) {
      const faults: CardFaults = { swapAt: { command: n, image }, resetAt: [n] };
      const { outcome, texts } = await read(reader, new VirtualCard(optionsOf(generation, faults)));
      // One person's, whichever, but never a bit of each.
      for (const text of texts) expect(['ใจดี', 'ยืนยาว']).toContain(text.nameThai.last);
      const isSecond = (text: ThaiIdText | undefined) => text?.nameThai.last === 'ยืนยาว';
      for (const text of texts) expect(text.expiry.kind === 'lifetime', `${n}`).toBe(isSecond(text));
      const text = texts[0];
      expect(codeOf(outcome), `${n}`).toBe(isSecond(text) ? 'read' : 'CARD_CHANGED');
    }
  });

  test.each(GENERATIONS)('$name, $answers: reset by another program at each command', async (generation) => {
    await using reader = new SimulatedCardReader();
    const whole = await commandsOf(generation);
    const perRange = generation.card.answers === 'apdu' ? 1 : 2;
    for (const n of upTo(whole)) {
      const { outcome, commands } = await read(reader, new VirtualCard(optionsOf(generation, { resetAt: [n] })));
      expect(outcome, `${n}`).toMatchObject({ nameThai: { last: 'ใจดี' }, photo: { bytes: 5118 } });
      const isPhoto = n >= 2 + 10 * perRange && n < 2 + 31 * perRange;
      // The failed command, SELECT, the citizen number, and the command again.
      if (isPhoto) expect(commands - whole, `${n}`).toBeLessThanOrEqual(1 + perRange + perRange);
    }
  });

  test('one bad status word, whichever, costs a few commands and not the photo', async () => {
    const generation = GENERATIONS[0] as Generation;
    await using reader = new SimulatedCardReader();
    const whole = await commandsOf(generation);
    for (const sw of [0x6d00, 0x6e00, 0x6985, 0x6f00, 0x6b00, 0x9000]) {
      for (const n of [22, 40, 63]) {
        const faults: CardFaults = { statusAt: { commands: [n], sw } };
        const { outcome, commands } = await read(reader, new VirtualCard(optionsOf(generation, faults)));
        expect(outcome, `${sw} at ${n}`).toMatchObject({ photo: { bytes: 5118 } });
        expect(commands - whole, `${sw} at ${n}`).toBeLessThanOrEqual(5);
      }
    }
  });

  test('recoveries are bounded: three in a photo, then the text alone', async () => {
    const generation = GENERATIONS[0] as Generation;
    await using reader = new SimulatedCardReader();
    const whole = await commandsOf(generation);
    // Each recovery is SELECT and twice READ with GET RESPONSE: the block fails again at every fourth command.
    const failing = (times: number): CardFaults => ({
      statusAt: { commands: Array.from({ length: times }, (_, i) => 30 + 4 * i), sw: 0x6f00 },
    });
    const three = await read(reader, new VirtualCard(optionsOf(generation, failing(3))));
    expect(three.outcome).toMatchObject({ photo: { bytes: 5118 } });
    expect(three.commands).toBe(whole + 3 * 4);
    const four = await read(reader, new VirtualCard(optionsOf(generation, failing(4))));
    expect(four.outcome).toMatchObject({ photo: undefined, photoFault: 'PHOTO_UNREADABLE', nameThai: { last: 'ใจดี' } });
    expect(four.commands).toBeLessThan(whole);
  });

  test('a foreign card found on resuming is CARD_CHANGED', async () => {
    await using reader = new SimulatedCardReader();
    // SELECT of the recovery is the second command after the failed one.
    const faults: CardFaults = { resetAt: [30], statusAt: { commands: [31], sw: 0x6a82 } };
    const { outcome } = await read(reader, new VirtualCard(optionsOf(GENERATIONS[0] as Generation, faults)));
    expect(outcome).toBe('CARD_CHANGED');
  });
});
