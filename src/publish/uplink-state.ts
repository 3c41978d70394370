import type { KeyRegistry } from '../contract/envelope/keys.ts';
import type { Journal } from '../journal/port.ts';
import { Bell } from './bell.ts';
import type { PublishConfig } from './config.ts';
import type { DownlinkOptions } from './downlink.ts';
import { Outbox } from './outbox.ts';
import type { BrokerDialler, LinkMemory, StationControl } from './port.ts';
import type { Remembered } from './remembered.ts';
import { serverWord } from './server-words.ts';
import type { LinkWatch } from './watch.ts';

export interface UplinkOptions {
  readonly station: string;
  readonly bootId: string;
  readonly journal: Journal;
  readonly dialler: BrokerDialler;
  readonly config: PublishConfig;
  /** Keys that this station believes; nothing that the server says is believed without. */
  readonly keys: KeyRegistry;
  /** Milliseconds since 1970, never before the newest time that the station has proof of. */
  readonly nowMs: () => number;
  readonly memory: LinkMemory;
  readonly control: StationControl;
  readonly watch: LinkWatch;
  readonly random: () => number;
  /** What the retained info message says now: versions, parts, outbox; no citizen. */
  readonly info: () => Readonly<Record<string, unknown>>;
  /** Told when `info()` has changed; returns the way to stop. */
  readonly onInfoChange: (listener: () => void) => () => void;
  /** Figures by name; they may be lost. */
  readonly health: () => Promise<Readonly<Record<string, number>>>;
}

/** What lives as long as the station: connections come and go. */
export interface UplinkState {
  readonly options: UplinkOptions;
  readonly outbox: Outbox;
  readonly downlink: DownlinkOptions;
  /** Rings when info says something else. */
  readonly info: Bell;
  /** Rings when health is asked for. */
  readonly health: Bell;
  /** Settings that the station runs with while newer ones wait for its restart; `undefined` = none wait. */
  readonly startedWith: Remembered['config'] | undefined;
}

export function uplinkState(options: UplinkOptions): UplinkState {
  const { station, journal, config, dialler, random, watch, memory, control, keys, nowMs } = options;
  const [info, health] = [new Bell(), new Bell()];
  const startedWith = memory.read().config;
  let isRestartDue = false;
  const outbox = new Outbox({
    station,
    journal,
    config,
    address: dialler.address,
    random,
    onSent: (event, reason, isAgain) => watch.sent(event, reason, isAgain),
    onQuarantined: (seq, code) => watch.quarantined(seq, code),
    onTooLarge: (event) => watch.tooLarge(event),
  });
  const hands = {
    report: () => {
      info.ring();
      health.ring();
    },
    resend: (from: number, upto: number) => outbox.resend(from, upto),
    restart: () => control.restart(),
    epoch: () => journal.epoch,
  };
  const downlink: DownlinkOptions = {
    station,
    journal,
    memory,
    control,
    word: serverWord(station, keys, nowMs),
    watch,
    outbox,
    hands,
    onTold: () => info.ring(),
    onRestartDue: () => {
      isRestartDue = true;
      control.restart();
    },
  };
  return {
    options,
    outbox,
    downlink,
    info,
    health,
    get startedWith() {
      return isRestartDue ? startedWith : undefined;
    },
  };
}
