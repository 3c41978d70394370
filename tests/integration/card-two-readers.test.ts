import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { PcscReader } from '../../src/peripherals/card/drivers/pcsc/pcsc-reader.ts';
import { startVirtualPcscd, type VirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import type { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { type InsertedCard, insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import type { CardReaderRig } from '../contract/card-reader.contract.ts';
import { describeTwoReaders } from '../contract/two-readers.contract.ts';
import { ptyCable } from '../fixtures/cables.ts';
import { serialReaderRig } from '../fixtures/serial-reader-rig.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
if (!hasPcscd) process.stderr.write('Skipped: two readers need the Debian packages pcscd and vsmartcard-vpcd.\n');
const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) process.stderr.write('Skipped: a serial reader beside pcscd needs the Debian package socat.\n');
const { signal } = new AbortController();

const openReader = (readerName: string | undefined, except: string | undefined) =>
  new PcscReader({ backend: 'smartcard', readerName, except, virtualOnly: true, lostAfterMs: 20_000 });

/** A slot of the virtual reader, watched: pcscd looks at it every 400 ms, and one test's card must be out for the next. */
class Slot implements AsyncDisposable {
  readonly #port: number;
  readonly #watcher: PcscReader;
  #inserted: InsertedCard | undefined;
  #put = 0;
  #gone = 0;
  #removed = Promise.withResolvers<void>();

  constructor(port: number, name: string) {
    this.#port = port;
    this.#watcher = openReader(name, undefined);
    void this.#count().catch(() => undefined);
  }

  async insert(card: VirtualCard): Promise<void> {
    this.#inserted = await insertVirtualCard(card, { port: this.#port, signal });
    this.#put += 1;
  }

  async pull(): Promise<void> {
    await this.#inserted?.pull();
  }

  async untilEmpty(): Promise<void> {
    while (this.#gone < this.#put) await this.#removed.promise;
  }

  /** Listens from the start: what is told before somebody listens is not told again. */
  async #count(): Promise<void> {
    for await (const { kind } of this.#watcher.events(signal)) {
      if (kind !== 'card-removed') continue;
      this.#gone += 1;
      this.#removed.resolve();
      this.#removed = Promise.withResolvers<void>();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watcher[Symbol.asyncDispose]();
  }
}

describe.skipIf(!hasPcscd)('two readers, with the real pcscd', () => {
  let pcscd: VirtualPcscd;
  let slots: readonly Slot[];
  beforeAll(async () => {
    pcscd = await startVirtualPcscd({ signal, listReaders: (stop) => listReaders('smartcard', stop), port: undefined });
    slots = pcscd.slots.map((port, i) => new Slot(port, pcscd.readers[i] ?? ''));
  });
  afterAll(async () => {
    for (const slot of slots) await slot[Symbol.asyncDispose]();
    await pcscd.stop();
  });

  const rig = (slot: Slot | undefined, name: string | undefined, except: string | undefined): CardReaderRig => {
    if (slot === undefined) throw new Error('the virtual reader has two slots');
    const reader = openReader(name, except);
    return {
      reader,
      insert: (card) => slot.insert(card),
      pull: () => slot.pull(),
      [Symbol.asyncDispose]: async () => {
        await reader[Symbol.asyncDispose]();
        await slot.pull();
        await slot.untilEmpty();
      },
    };
  };
  /** The first takes any reader but the second's, as the settings have it. */
  const first = () => rig(slots[0], undefined, '00 01');
  const second = () => rig(slots[1], '00 01', undefined);

  describeTwoReaders('both slots of one pcscd', async () => [first(), second()]);
  if (hasSocat) describeTwoReaders('pcscd and a serial line', async () => [first(), await serialReaderRig(ptyCable)]);
});
