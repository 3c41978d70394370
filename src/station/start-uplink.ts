import { randomUUID } from 'node:crypto';
import type { Settings } from '../config/settings.ts';
import type { Journal } from '../journal/port.ts';
import type { Log } from '../observe/log.ts';
import type { LinkState } from '../publish/port.ts';
import { runUplink } from '../publish/uplink.ts';
import { asFault } from '../shared/fault.ts';
import type { PartBoard } from './parts.ts';
import { openDialler, startDemoBroker } from './registry.ts';

export interface UplinkOptions {
  readonly settings: Settings;
  readonly isDemo: boolean;
  readonly brokerPort: number;
  readonly journal: Journal;
  readonly board: PartBoard;
  readonly log: Log;
  readonly onSent: (eventId: string) => void;
  readonly info: () => Readonly<Record<string, unknown>>;
  readonly onInfoChange: (listener: () => void) => () => void;
}

export interface RunningUplink extends AsyncDisposable {
  /** `null` = offline by configuration or because no broker can be had. */
  readonly url: string | null;
}

/** Starts draining the outbox: to the configured broker, in a demo without one to a local mosquitto, else to nowhere. */
export async function startUplink(options: UplinkOptions, signal: AbortSignal): Promise<RunningUplink> {
  const { settings, board, log, journal } = options;
  const stack = new AsyncDisposableStack();
  let url = settings.uplink.url;
  if (url === null && options.isDemo) {
    try {
      const broker = stack.use(await startDemoBroker(options.brokerPort, signal));
      url = broker.url;
      log.info('program', { program: 'mosquitto', detail: `listens on ${url}` });
    } catch (error) {
      signal.throwIfAborted();
      const fault = asFault(error, 'BROKER_UNREACHABLE', 'mosquitto');
      log.warn('program', { program: 'mosquitto', code: fault.code, detail: `${fault.message}; results are kept` });
    }
  }
  if (url === null) {
    board.set('uplink', { state: 'missing', name: 'no broker', code: 'BROKER_UNREACHABLE' });
    return { url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  }
  const dialler = await openDialler(settings.uplink, url, settings.station.id);
  const over = new AbortController();
  const onState = (state: LinkState) => {
    if (state.kind === 'connected') {
      board.set('uplink', { state: 'ready', name: dialler.address, code: null });
      log.info('uplink-state', { state: state.kind });
    } else if (state.kind === 'dialling' && state.code) {
      board.set('uplink', { state: 'degraded', name: dialler.address, code: state.code });
      log.warn('uplink-state', { state: state.kind, attempt: state.attempt, code: state.code, detail: state.detail });
    }
  };
  board.set('uplink', { state: 'degraded', name: dialler.address, code: 'BROKER_UNREACHABLE' });
  const running = runUplink(
    {
      station: settings.station.id,
      bootId: randomUUID(),
      journal,
      dialler,
      config: settings.uplink,
      onState,
      onSent: (event) => {
        log.info('event-sent', { eventId: event.id, seq: event.seq });
        options.onSent(event.id);
      },
      random: Math.random,
      info: options.info,
      onInfoChange: options.onInfoChange,
    },
    AbortSignal.any([signal, over.signal]),
  );
  stack.defer(async () => {
    over.abort();
    await running;
  });
  return { url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
