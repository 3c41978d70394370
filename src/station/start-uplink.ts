import { randomUUID } from 'node:crypto';
import type { Settings } from '../config/settings.ts';
import type { KeyRegistry } from '../contract/envelope/keys.ts';
import type { Journal } from '../journal/port.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { LinkMemory } from '../publish/port.ts';
import { runUplink } from '../publish/uplink.ts';
import type { Clock } from '../shared/clock.ts';
import { asFault } from '../shared/fault.ts';
import { deafMemory, openLinkMemory } from './link-memory-file.ts';
import { certificateEndsAt, openDialler, startDemoBroker } from './link-registry.ts';
import { linkWatch } from './link-watch.ts';
import type { PartBoard } from './parts.ts';
import { type RemoteControlOptions, remoteControl } from './remote-control.ts';
import { stationInfo } from './station-info.ts';

export interface UplinkOptions extends RemoteControlOptions {
  readonly settings: Settings;
  readonly isDemo: boolean;
  readonly brokerPort: number;
  readonly journal: Journal;
  readonly board: PartBoard;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Keys that the station believes: without any it obeys nobody and settles nothing. */
  readonly keys: KeyRegistry;
  /** A moment that is certainly past. */
  readonly timeFloor: () => Date;
  readonly onSent: (eventId: string) => void;
  /** There may be new work orders: the server said so, or there is a link again. */
  readonly onOrders: () => void;
}

export interface RunningUplink extends AsyncDisposable {
  /** `null` = offline by configuration or because no broker can be had. */
  readonly url: string | null;
}

/** Starts draining the outbox: to the configured broker, in a demo without one to a local mosquitto, else to nowhere. */
export async function startUplink(options: UplinkOptions, signal: AbortSignal): Promise<RunningUplink> {
  const { settings, board, log, journal, clock, metrics } = options;
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
  const nowMs = () => Math.max(clock.now().getTime(), options.timeFloor().getTime());
  const dialler = await openDialler(settings, url, settings.station.id, clock);
  const certificateEnd = await certificateEndsAt(settings);
  board.set('uplink', { state: 'degraded', name: dialler.address, code: 'BROKER_UNREACHABLE' });
  const over = new AbortController();
  const running = runUplink(
    {
      station: settings.station.id,
      bootId: randomUUID(),
      journal,
      dialler,
      config: settings.uplink,
      keys: options.keys,
      nowMs,
      memory: memoryOf(options),
      control: remoteControl(options),
      watch: linkWatch(options, dialler.address, options),
      random: Math.random,
      info: () => stationInfo(board, clock, journal, certificateEnd()),
      onInfoChange: (listener) => board.onChange(listener),
      health: () => metrics.figures(),
    },
    AbortSignal.any([signal, over.signal]),
  );
  stack.defer(async () => {
    over.abort();
    await running;
  });
  return { url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Results go out whatever has become of the numbers of commands; then the station obeys nobody. */
function memoryOf({ dataDir, board, log }: UplinkOptions): LinkMemory {
  try {
    return openLinkMemory(dataDir);
  } catch (error) {
    const { code, message } = asFault(error, 'LINK_MEMORY_BROKEN', dataDir);
    log.error('word-refused', { kind: 'cmd', code, detail: message });
    board.set('settings', { state: 'degraded', name: dataDir, code });
    return deafMemory();
  }
}
