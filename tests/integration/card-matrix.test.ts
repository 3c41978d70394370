import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { PcscReader } from '../../src/peripherals/card/drivers/pcsc/pcsc-reader.ts';
import { startVirtualPcscd, type VirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import { insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import { casesOf, playCards } from '../fixtures/card-cases.ts';
import { GENERATIONS } from '../fixtures/card-generations.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
if (!hasPcscd) process.stderr.write('Skipped: the card matrix needs the Debian packages pcscd and vsmartcard-vpcd.\n');
const { signal } = new AbortController();

/** Long enough for a virtual reader on a busy machine, short enough to wait for at every mute card, ms. */
const APDU_LIMIT_MS = 700;

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

  test.each(GENERATIONS.map((generation, index) => ({ ...generation, generation, index })))(
    '$name, $answers: each sampled step has its fault, and the next card is read',
    async ({ generation, index }) => {
      const cases = casesOf(generation, index, Math.ceil(photoJpeg.length / 255));
      await using reader = new PcscReader({
        backend: 'smartcard',
        readerName: undefined,
        except: undefined,
        virtualOnly: true,
        lostAfterMs: 20_000,
      });
      const told = await playCards(reader, (card) => insertVirtualCard(card, { port: pcscd.slots[0] ?? 0, signal }), {
        generation,
        photoJpeg,
        apduLimitMs: APDU_LIMIT_MS,
        faults: [...cases.map(({ faults }) => faults), {}],
      });
      expect(told.map((code, i) => `${cases[i]?.at ?? 'next'}: ${code}`)).toEqual([
        ...cases.map(({ at, code }) => `${at}: ${code}`),
        `next: read ${photoJpeg.length}`,
      ]);
    },
  );
});
