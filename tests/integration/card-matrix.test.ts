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

/** Every sampled command of the first generation; of the others, every third, each beginning at another one. */
function casesOf(generation: Generation, index: number, blocks: number) {
  const at = samples(generation.answers, blocks).filter((_, i) => index < 2 || i % 3 === index % 3);
  return at.flatMap((n): { at: string; faults: CardFaults; code: string }[] => [
    { at: `pulled at ${n}`, faults: { yankAt: n }, code: 'CARD_REMOVED' },
    { at: `mute at ${n}`, faults: { muteAt: n }, code: n === 1 ? 'CARD_MUTE' : 'CARD_TIMEOUT' },
  ]);
}

describe.skipIf(!hasPcscd)('cards that fail at a command, through the real pcscd', () => {
  let pcscd: VirtualPcscd;
  let photoJpeg: Uint8Array;
  beforeAll(async () => {
    pcscd = await startVirtualPcscd({ signal, listReaders, port: undefined });
    photoJpeg = await makeCardPhoto();
  });
  afterAll(async () => {
    await pcscd.stop();
  });

  /** Plays the cards one after the other in one slot, each followed by the removal that the reader must tell. */
  async function play(slot: number, generation: Generation, faults: readonly CardFaults[]): Promise<string[]> {
    const readerName = pcscd.readers.filter((name) => name.includes('Virtual PCD'))[slot];
    await using reader = new PcscReader({ readerName, virtualOnly: true, lostAfterMs: 20_000 });
    const events = reader.events(signal)[Symbol.asyncIterator]();
    const until = async (kind: CardEvent['kind']) => {
      while ((await events.next()).value?.kind !== kind);
    };
    const told: string[] = [];
    for (const script of faults) {
      const person = makePerson('normal', { photoJpeg, today: new Date(), wireSpeed: false });
      const card = new VirtualCard({ ...person, ...generation.card, faults: script });
      const limits = { apduLimitMs: APDU_LIMIT_MS, readLimitMs: 10_000, withPhoto: true };
      const inserted = await insertVirtualCard(card, { port: pcscd.slots[slot] ?? 0, signal });
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

  test('each sampled step of each generation has its fault, and the next card is read', async () => {
    const blocks = Math.ceil(photoJpeg.length / 255);
    const jobs = GENERATIONS.map((generation, index) => ({ generation, cases: casesOf(generation, index, blocks) }));
    /** Two slots, two readers, two workers. */
    const work = async (slot: number) => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        const { generation, cases } = job;
        const name = `${generation.name}, ${generation.answers}`;
        const told = await play(slot, generation, [...cases.map(({ faults }) => faults), {}]);
        const expected = [
          ...cases.map(({ at, code }) => `${name}, ${at}: ${code}`),
          `${name}: read ${photoJpeg.length}`,
        ];
        const names = [...cases.map(({ at }) => `${name}, ${at}`), name];
        expect(names.map((label, i) => `${label}: ${told[i]}`)).toEqual(expected);
      }
    };
    await Promise.all([work(0), work(1)]);
  }, 120_000);
});
