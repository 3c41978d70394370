import type { Settings } from '../config/settings.ts';
import { payloadOf } from '../contract/envelope/jws.ts';
import { openStationKeys, type StationKeys } from '../identity/station-keys.ts';
import type { Log } from '../observe/log.ts';
import type { Clock } from '../shared/clock.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { asideJournals } from './aside-journals.ts';
import { type LastEvent, timeFloor } from './clock.ts';
import { EventWriter } from './event-writer.ts';
import { FirstSync } from './first-sync.ts';
import { journalKeys } from './journal-keys.ts';
import { openJournal, type StationJournal } from './journal-registry.ts';
import type { PartBoard, PartChange } from './parts.ts';

export interface StationJournalOptions {
  readonly dataDir: string;
  readonly settings: Pick<Settings, 'station' | 'journal'>;
  readonly isDemo: boolean;
  readonly clock: Clock;
  readonly board: PartBoard;
  readonly log: Log;
}

/** The journal with its keys, and what has to be looked after. */
export interface OpenedJournal extends AsyncDisposable {
  readonly journal: StationJournal;
  readonly keys: StationKeys;
  /** Writes events of the station itself. */
  readonly events: EventWriter;
  /** Told when an event could not be kept. */
  readonly onFault: (code: FaultCode) => void;
  /** A moment that is certainly past. */
  timeFloor(): Date;
  /** The clock, not before that moment: by it keys and commands are held to their time, ms since 1970. */
  nowMs(): number;
  /** Once a second: tells how full it is, makes ballast again, shreds what the server has long had. */
  look(): void;
}

const WARN_AT = 0.8;
const STOP_AT = 0.95;
/** Looks between two rounds of shredding, and how much of it is done at once: nobody waits for it. */
const SHRED_EVERY = 60;
const SHRED_AT_ONCE = 50;
const DAY_MS = 86_400_000;

/** Opens keys and journal. Without the server's keys both are there, but no visit is taken. */
export async function openStationJournal(options: StationJournalOptions): Promise<OpenedJournal> {
  const { dataDir, settings, isDemo, clock, board, log } = options;
  const station = settings.station.id;
  const keys = openStationKeys({ dir: dataDir, station, isDemo });
  board.set('identity', {
    state: keys.trust ? 'ready' : 'faulty',
    name: `${dataDir}/keys`,
    code: keys.trustFault?.code ?? null,
  });
  let asides = asideJournals(dataDir).length;
  const journal = await openJournal({
    dataDir,
    station,
    clock,
    keys: journalKeys(keys),
    config: settings.journal,
    onSetAside: (reason, aside) => {
      asides += 1;
      log.error('journal-set-aside', { reason, path: aside });
    },
  });
  let failed: FaultCode | null = null;
  journal.onAppend(() => {
    failed = null;
  });
  const onFault = (code: FaultCode) => {
    failed = code;
    board.set(code === 'DISK_FULL' ? 'disk' : 'journal', { state: 'faulty', name: dataDir, code });
  };
  const events = new EventWriter({ journal, log, onJournalFault: onFault });
  const firstSync = new FirstSync(clock);
  let looks = 0;
  const shredSome = () => {
    // A clock gone ahead must not shorten the time for which events are kept.
    if (looks++ % SHRED_EVERY !== 0 || clock.state !== 'synced') return;
    const before = new Date(clock.now().getTime() - settings.journal.retainDays * DAY_MS);
    const shredded = journal.shred(before, SHRED_AT_ONCE);
    if (shredded > 0) log.info('events-shredded', { count: shredded });
  };
  const look = () => {
    try {
      journal.keepBallast();
      shredSome();
      board.set('journal', { name: dataDir, ...stateOf(failed, journal.fullness(), asides) });
    } catch (error) {
      onFault(asFault(error, 'INTERNAL', 'journal').code);
    }
    const offsetMs = firstSync.look();
    if (offsetMs !== undefined) void events.write('th.thuengban.clock.synchronised.v1', { offsetMs }, undefined, null);
  };
  look();
  const floor = () => timeFloor(lastEvent(journal), lastAcknowledgedAt(journal));
  return {
    journal,
    keys,
    events,
    onFault,
    timeFloor: floor,
    nowMs: () => Math.max(clock.now().getTime(), floor().getTime()),
    look,
    async [Symbol.asyncDispose]() {
      await events.settled();
      await journal[Symbol.asyncDispose]();
    },
  };
}

function stateOf(failed: FaultCode | null, fullness: number, asides: number): Pick<PartChange, 'state' | 'code'> {
  if (failed !== null && failed !== 'DISK_FULL') return { state: 'faulty', code: failed };
  if (fullness >= STOP_AT) return { state: 'faulty', code: 'JOURNAL_FULL' };
  if (asides > 0) return { state: 'degraded', code: 'JOURNAL_SET_ASIDE' };
  if (fullness >= WARN_AT) return { state: 'degraded', code: 'JOURNAL_LOW' };
  return { state: 'ready', code: null };
}

function lastEvent(journal: StationJournal): LastEvent | undefined {
  const [last] = journal.list(Math.max(0, journal.counts().events - 1), 1);
  return last?.body ? (payloadOf(last.body) as LastEvent) : undefined;
}

function lastAcknowledgedAt(journal: StationJournal): string | undefined {
  const signed = journal.lastAcknowledgement();
  return signed ? (payloadOf(signed) as { readonly at: string }).at : undefined;
}
