/**
 * The process that talks to pcscd. It is a process of its own because no PC/SC call can be taken back: a mute card
 * holds its thread until the card is pulled, and only ending the process frees the station from it.
 */
import { loadPcsc, MEND, type PcscBackend } from './backend.ts';
import { CardSession } from './card-session.ts';
import type { Failure, Reply, Request, Told } from './messages.ts';
import { failureOf } from './pcsc-errors.ts';
import type { PcscLite } from './pcsc-lite.ts';
import { type Wanted, watchReader } from './watch-reader.ts';

// A parent that is gone is no longer told; `disconnect` ends this process then.
const send = (message: Reply | Told) => process.send?.(message, undefined, undefined, () => undefined);
// A plain exit would wait for the threads that wait for the card.
const leave = () => process.kill(process.pid, 'SIGKILL');

async function load(backend: PcscBackend): Promise<PcscLite | Failure> {
  try {
    return await loadPcsc(backend);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    const mend = `run ./scripts/setup (${MEND[backend]})`;
    return { code: 'PCSC_SERVICE_DOWN', message: `the PC/SC package is not usable: ${mend}; ${why}` };
  }
}

const pcsc = await load(process.argv[2] === 'pcsc-mini' ? 'pcsc-mini' : 'smartcard');
const session = 'code' in pcsc ? undefined : new CardSession(pcsc);
let reader: string | undefined;

async function watch(lite: PcscLite, wanted: Wanted): Promise<void> {
  try {
    await watchReader(lite, wanted, (told) => {
      if (told.tell === 'reader') reader = told.name;
      send(told);
    });
  } catch (error) {
    const { message } = failureOf(error);
    send({ tell: 'down', failure: { code: 'PCSC_SERVICE_DOWN', message } });
  }
}

async function perform(request: Request, lite: PcscLite, cards: CardSession) {
  switch (request.ask) {
    case 'list': {
      const context = new lite.Context();
      return (await context.listReaders()).map((slot) => slot.name);
    }
    case 'watch':
      void watch(lite, request);
      return undefined;
    case 'transmit':
      if (reader === undefined) throw new Error('No readers available');
      return await cards.transmit(reader, request.command);
    case 'release':
      await cards.release();
      return undefined;
  }
}

async function answer(request: Request): Promise<void> {
  const { id } = request;
  if ('code' in pcsc || session === undefined) {
    send({ id, failure: pcsc as Failure });
    return;
  }
  try {
    send({ id, value: await perform(request, pcsc, session) });
  } catch (error) {
    send({ id, failure: failureOf(error) });
  }
}

/** One after the other: the card is spoken to by one command at a time. */
let queue = Promise.resolve();
process.on('message', (request: Request) => {
  queue = queue.then(() => answer(request));
});
process.on('disconnect', leave);
