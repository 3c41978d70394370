import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { PcscReader } from '../../src/peripherals/card/drivers/pcsc/pcsc-reader.ts';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { startVirtualPcscd, type VirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import { type CardFaults, VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import type { CardEvent } from '../../src/peripherals/card/port.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { GENERATIONS, type Generation } from '../fixtures/card-generations.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
if (!hasPcscd) process.stderr.write('Skipped: the card matrix needs the Debian packages pcscd and vsmartcard-vpcd.\n');
const { signal } = new AbortController();

/** Long enough for a virtual reader on a busy machine, short enough to wait for at every mute card, ms. */
const APDU_LIMIT_MS = 700;

/** First, middle and last command of each phase of a read with a photo of `blocks` blocks. */
function samples(answers: Generation['answers'], blocks: number) {
  const per = answers === 'apdu' ? 1 : 2;
  const [text, photo, end] = [2, 2 + 10 * per, 2 + (10 + blocks) * per];
  const middle = (from: number, to: number) => Math.floor((from + to) / 2);
  const points = [1, text, middle(text, photo), photo - 1, photo, middle(photo, end), end - 1, end, end + per - 1];
  return [...new Set(points)];
}

/** Both faults at every sample of the first generation; of the others, one fault each at some of them, never the same ones. */
function casesOf(generation: Generation, index: number, blocks: number) {
  return samples(generation.answers, blocks).flatMap((n, i): { at: string; faults: CardFaults; code: string }[] => {
    const pulled = { at: `pulled at ${n}`, faults: { yankAt: n }, code: 'CARD_REMOVED' };
    const mute = { at: `mute at ${n}`, faults: { muteAt: n }, code: n === 1 ? 'CARD_MUTE' : 'CARD_TIMEOUT' };
    if (index === 0) return [pulled, mute];
    if (index > 1 && i % 3 !== index % 3) return [];
    return [(i + index) % 2 === 0 ? pulled : mute];
  });
}

describe.skipIf(!hasPcscd)('cards that fail at a command, through the real pcscd', () => {
  let pcscd: VirtualPcscd;
  let photoJpeg: Uint8Array;
  beforeAll(async () => {
    pcscd = await startVirtualPcscd({ signal, listReaders: (stop) => listReaders('smartcard', stop), port: undefined });
    photoJpeg = await makeCardPhoto();
  });
  afterAll(async () => {
    await pcscd.stop();
  });

  /** Plays the cards one after the other, each followed by the removal that the reader must tell. */
  async function play(generation: Generation, faults: readonly CardFaults[]): Promise<string[]> {
    await using reader = new PcscReader({
      backend: 'smartcard',
      readerName: undefined,
      except: undefined,
      virtualOnly: true,
      lostAfterMs: 20_000,
    });
    const events = reader.events(signal)[Symbol.asyncIterator]();
    const until = async (kind: CardEvent['kind']) => {
      while ((await events.next()).value?.kind !== kind);
    };
    const told: string[] = [];
    for (const script of faults) {
      const person = makePerson('normal', { photoJpeg, today: new Date(), wireSpeed: false });
      const card = new VirtualCard({ ...person, ...generation.card, faults: script });
      const limits = { apduLimitMs: APDU_LIMIT_MS, readLimitMs: 10_000, withPhoto: true };
      const inserted = await insertVirtualCard(card, { port: pcscd.slots[0] ?? 0, signal });
      await until('card-inserted');
      told.push(
        await readThaiId(reader, {
          atr: card.atr,
          signal,
          ...limits,
          onText: () => undefined,
          onProgress: () => undefined,
        }).then(
          ({ photo }) => `read ${photo?.bytes}`,
          ({ code }) => code,
        ),
      );
      await inserted.pull();
      await until('card-removed');
    }
    return told;
  }

  test.each(GENERATIONS.map((generation, index) => ({ ...generation, generation, index })))(
    '$name, $answers: each sampled step has its fault, and the next card is read',
    async ({ generation, index }) => {
      const cases = casesOf(generation, index, Math.ceil(photoJpeg.length / 255));
      const told = await play(generation, [...cases.map(({ faults }) => faults), {}]);
      expect(told.map((code, i) => `${cases[i]?.at ?? 'next'}: ${code}`)).toEqual([
        ...cases.map(({ at, code }) => `${at}: ${code}`),
        `next: read ${photoJpeg.length}`,
      ]);
    },
  );
});
