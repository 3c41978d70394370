import { readFileSync } from 'node:fs';
import { settingsSchema } from '../../src/config/settings.ts';
import type { LinkState } from '../../src/publish/port.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import { openDialler, startDemoBroker } from '../../src/station/link-registry.ts';
import { listPcscReaders, openPcscReader, virtualCards } from '../../src/station/registry.ts';
import { fixedClock } from '../../tests/fixtures/clock.ts';
import { testJournal } from '../../tests/fixtures/journal.ts';
import { quietUplink } from '../../tests/fixtures/link/quiet-uplink.ts';
import { type Recovery, recovery, until } from './timing.ts';

const settings = settingsSchema.parse({});
const { signal } = new AbortController();

/** Process id of a child of this process, by a word of its command line. */
function childWith(word: string): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ');
  const found = children.find((pid) => {
    try {
      return pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`no child process with "${word}"`);
  return Number(found);
}

/** pcscd and the card process, each killed. @throws Error when another pcscd runs: it is not ours to kill */
export async function measureCard(times: number): Promise<readonly Recovery[]> {
  const { startVirtualPcscd } = await virtualCards();
  const listReaders = (stop: AbortSignal) => listPcscReaders('smartcard', stop);
  const start = () => startVirtualPcscd({ signal, listReaders, port: undefined });
  let pcscd = await start();
  if (!pcscd.isOurs) throw new Error('another pcscd runs: use a /run/pcscd of your own, see docs/measured.md');
  const reader = await openPcscReader({ backend: 'smartcard', reader: null, except: null, virtualOnly: true });
  try {
    await until('reader ready', () => reader.fault === undefined);
    const child = await recovery('card process killed', times, async () => {
      const brokenAt = performance.now();
      process.kill(childWith('pcsc/child.ts'), 'SIGKILL');
      const toldAt = await until('told', () => reader.fault !== undefined);
      return { brokenAt, toldAt, mendedAt: toldAt, readyAt: await until('ready', () => reader.fault === undefined) };
    });
    const service = await recovery('pcscd killed, started again at once', times, async () => {
      const brokenAt = performance.now();
      process.kill(childWith('pcscd'), 'SIGKILL');
      const toldAt = await until('told', () => reader.fault !== undefined);
      await pcscd.stop();
      const mendedAt = performance.now();
      const [readyAt, again] = await Promise.all([until('ready', () => reader.fault === undefined), start()]);
      pcscd = again;
      return { brokenAt, toldAt, mendedAt, readyAt };
    });
    return [child, service];
  } finally {
    await reader[Symbol.asyncDispose]();
    await pcscd.stop();
  }
}

/** Each time a link of its own: one that breaks again within seconds is dialled more and more seldom. */
export async function measureBroker(times: number): Promise<Recovery> {
  return await recovery('broker killed, started again at once', times, async () => {
    let broker = await startDemoBroker(0, signal);
    const over = new AbortController();
    let state: LinkState = { kind: 'off' };
    const isConnected = () => state.kind === 'connected';
    const running = runUplink(
      {
        station: 'st-bench',
        journal: testJournal({ station: 'st-bench' }),
        dialler: await openDialler(settings, broker.url, 'st-bench', fixedClock()),
        config: settings.uplink,
        ...quietUplink({
          state: (now) => {
            state = now;
          },
        }),
      },
      over.signal,
    );
    try {
      await until('connected', isConnected);
      const brokenAt = performance.now();
      process.kill(childWith('mosquitto'), 'SIGKILL');
      const toldAt = await until('told', () => !isConnected());
      await broker[Symbol.asyncDispose]();
      broker = await startDemoBroker(broker.port, signal);
      const mendedAt = performance.now();
      return { brokenAt, toldAt, mendedAt, readyAt: await until('connected', isConnected) };
    } finally {
      over.abort();
      await running;
      await broker[Symbol.asyncDispose]();
    }
  });
}
