import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { PcscReader } from '../../src/peripherals/card/drivers/pcsc/pcsc-reader.ts';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { startVirtualPcscd, type VirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { type InsertedCard, insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import type { CardEvent } from '../../src/peripherals/card/port.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { waitForCard } from '../../src/peripherals/card/wait-for-card.ts';
import { describeCardReader } from '../contract/card-reader.contract.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
if (!hasPcscd)
  process.stderr.write('Skipped: reading through pcscd needs the Debian packages pcscd and vsmartcard-vpcd.\n');
const { signal } = new AbortController();
/** Which of the two optional packages this machine has. */
const backends = (['smartcard', 'pcsc-mini'] as const).map((backend) => {
  let isThere = true;
  try {
    createRequire(import.meta.url)(backend);
  } catch {
    isThere = false;
    process.stderr.write(`Skipped: reading through pcscd by the package "${backend}", which is not installed.\n`);
  }
  return { backend, isThere };
});

describe.skipIf(!hasPcscd).each(backends)('through pcscd by $backend', ({ backend, isThere }) => {
  if (!isThere) {
    test.skip('is not installed');
    return;
  }
  const list = (stop: AbortSignal) => listReaders(backend, stop);
  const start = () => startVirtualPcscd({ signal, listReaders: list, port: undefined });
  const open = (lostAfterMs: number) =>
    new PcscReader({ backend, readerName: undefined, except: undefined, virtualOnly: true, lostAfterMs });
  let pcscd: VirtualPcscd;
  beforeAll(async () => {
    pcscd = await start();
  });
  afterAll(async () => {
    await pcscd.stop();
  });
  const slot = () => ({ port: pcscd.slots[0] ?? 0, signal });

  describe('contract', () => {
    /** Sees each card come and go. pcscd looks at its slots every 400 ms: one test's card must be out for the next. */
    let observer: PcscReader;
    let seen: AsyncIterator<CardEvent>;
    let cardsPut = 0;
    let cardsGone = 0;
    beforeAll(() => {
      observer = open(60_000);
      seen = observer.events(signal)[Symbol.asyncIterator]();
    });
    afterAll(() => observer[Symbol.asyncDispose]());
    const untilAllGone = async () => {
      while (cardsGone < cardsPut) if ((await seen.next()).value?.kind === 'card-removed') cardsGone++;
    };

    describeCardReader(`pcsc, ${backend}`, {
      yankSteps: [1, 2, 9, 26],
      apduLimitMs: 3_000,
      make: async () => {
        const reader = open(5_000);
        let inserted: InsertedCard | undefined;
        return {
          reader,
          insert: async (card) => {
            inserted = await insertVirtualCard(card, slot());
            cardsPut++;
          },
          pull: async () => await inserted?.pull(),
          [Symbol.asyncDispose]: async () => {
            await inserted?.pull();
            await reader[Symbol.asyncDispose]();
            await untilAllGone();
          },
        };
      },
    });
  });

  const readNext = async (reader: PcscReader) => {
    const photoJpeg = await makeCardPhoto();
    const card = new VirtualCard(makePerson('normal', { photoJpeg, today: new Date(), wireSpeed: false }));
    await using _inserted = await insertVirtualCard(card, slot());
    const atr = await waitForCard(reader, 10_000, signal);
    const limits = { apduLimitMs: 3_000, readLimitMs: 20_000, withPhoto: true };
    return await readThaiId(reader, { atr, signal, ...limits, onText: () => undefined, onProgress: () => undefined });
  };

  test('reads on with the same reader after pcscd was stopped and started', async (context) => {
    if (!pcscd.isOurs) context.skip('another pcscd runs: it is not ours to stop');
    await using reader = open(20_000);
    expect((await readNext(reader)).nameEnglish.last).toBe('Jaidee');
    await pcscd.stop();
    pcscd = await start();
    expect((await readNext(reader)).nameEnglish.last).toBe('Jaidee');
  });

  test('without pcscd, listeners and readers are told PCSC_SERVICE_DOWN', async (context) => {
    if (!pcscd.isOurs) context.skip('another pcscd runs: it is not ours to stop');
    await using reader = open(1_500);
    await pcscd.stop();
    const listening = reader.events(signal)[Symbol.asyncIterator]().next();
    await expect(listening).rejects.toMatchObject({ code: 'PCSC_SERVICE_DOWN' });
    await expect(reader.transmit(Uint8Array.of(0, 0xa4, 4, 0), signal)).rejects.toMatchObject({
      code: 'PCSC_SERVICE_DOWN',
    });
    await expect(list(signal)).rejects.toMatchObject({ code: 'PCSC_SERVICE_DOWN' });
    pcscd = await start();
  });

  test('a reader that is not there is READER_MISSING', async () => {
    await using reader = new PcscReader({
      backend,
      readerName: 'No such reader',
      except: undefined,
      virtualOnly: false,
      lostAfterMs: 1_500,
    });
    const listening = reader.events(signal)[Symbol.asyncIterator]().next();
    await expect(listening).rejects.toMatchObject({ code: 'READER_MISSING' });
  });

  test('a pcscd that already runs is used and left running', async () => {
    const second = await start();
    expect(second).toMatchObject({ isOurs: false, slots: pcscd.slots });
    await second.stop();
    expect(await list(signal)).toEqual(['Virtual PCD 00 00', 'Virtual PCD 00 01']);
  });
});
