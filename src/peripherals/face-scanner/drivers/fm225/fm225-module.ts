import { isAbort, StationFault } from '../../../../shared/fault.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { type ModuleEvents, type ModuleKind, maskSerial, type ScannerModule } from '../../module.ts';
import type { ScannerBox, ScannerInfo, ScannerVerdict } from '../../port.ts';
import { boxInPicture } from '../../verdict-window.ts';
import { CommandLine, type Reply } from './command-line.ts';
import {
  COMMANDS,
  type Command,
  type FaceNote,
  type FromModule,
  faceState,
  RESULTS,
  readText,
  STATUSES,
} from './messages.ts';

export interface Fm225Options {
  /** Size of the module's picture in pixels, to which its face boxes refer; `null` = boxes are not told. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** Longest wait for the reply to a plain command, ms. */
  readonly replyLimitMs: number;
}

const PART = 'fm225';
/** Deleting walks through the flash. */
const DELETE_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 500;
const TRIES = 3;
/** The module's own time limit for VERIFY is told in whole seconds, one byte; its reply gets this much longer. */
const VERIFY_GRACE_MS = 1_500;
const LONGEST_VERIFY_S = 255;

/** Hi-Link FM22x (FM223, FM225): presence and infrared attack detection in demo mode, in which no identity is asked for. */
export function fm225(options: Fm225Options): ModuleKind {
  return { model: PART, baudRate: 115_200, attach: (link, events) => new Fm225Module(link, events, options) };
}

class Fm225Module implements ScannerModule {
  readonly #line: CommandLine;
  readonly #events: ModuleEvents;
  readonly #options: Fm225Options;
  /** Of the judgement that runs: since when the same presentation stands there, and where. */
  #sinceMs = 0;
  #box: ScannerBox | null = null;
  #hasSeenFace = false;

  constructor(link: SerialLink, events: ModuleEvents, options: Fm225Options) {
    this.#events = events;
    this.#options = options;
    this.#line = new CommandLine(link, (told) => this.#onTold(told));
  }

  async initialise(signal: AbortSignal): Promise<ScannerInfo> {
    await this.#ask(COMMANDS.reset, [], signal);
    const status = (await this.#ask(COMMANDS.getStatus, [], signal)).data[0];
    if (status === STATUSES.error || status === STATUSES.updating) {
      throw new StationFault('SCANNER_FAULTY', PART, `the module is in state ${status}`);
    }
    await this.#forgetEverybody(signal);
    const firmware = readText((await this.#ask(COMMANDS.getVersion, [], signal)).data);
    // Not on every firmware: a module without one is as good.
    const serial = await this.#ask(COMMANDS.getSerial, [], signal).catch(orFault(signal));
    return { model: 'HLK-FM22x', firmware, serial: maskSerial(serial ? readText(serial.data) : null) };
  }

  async judge(limitMs: number, signal: AbortSignal): Promise<ScannerVerdict> {
    const askedMs = performance.now();
    // First of all RESET: its reply comes after all replies of what was asked before, so that none is taken for ours.
    await this.#ask(COMMANDS.reset, [], signal);
    const demo = await this.#ask(COMMANDS.demoMode, [1], signal);
    this.#sinceMs = performance.now();
    this.#box = null;
    this.#hasSeenFace = false;
    if (demo.result !== RESULTS.ok) return this.#verdict('not-run', `demo mode: result ${demo.result}`);
    const leftMs = Math.max(1, limitMs - (this.#sinceMs - askedMs));
    const seconds = Math.min(LONGEST_VERIFY_S, Math.max(1, Math.ceil(leftMs / 1_000)));
    try {
      const reply = await this.#line.ask(COMMANDS.verify, [0, seconds], leftMs + VERIFY_GRACE_MS, signal);
      return this.#verdict(this.#kindOf(reply), `result ${reply.result}`);
    } catch (error) {
      await this.#line.say(COMMANDS.reset, [], STOP_LIMIT_MS);
      throw error;
    }
  }

  async sleep(signal: AbortSignal): Promise<void> {
    await this.#line.ask(COMMANDS.powerDown, [], this.#options.replyLimitMs, signal);
  }

  close(): void {
    this.#line.close();
  }

  /** Everything in this protocol but VERIFY may be asked again. */
  async #ask(command: Command, data: readonly number[], signal: AbortSignal, limitMs = this.#options.replyLimitMs) {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#line.ask(command, data, limitMs, signal);
      } catch (error) {
        const isSilent = error instanceof StationFault && error.code === 'SCANNER_SILENT';
        if (!isSilent || signal.aborted || tries === TRIES) throw error;
      }
    }
  }

  /** The station compares faces itself; a template in the module's flash would be personal data that nobody looks after. */
  async #forgetEverybody(signal: AbortSignal): Promise<void> {
    if ((await this.#countUsers(signal)) === 0) return;
    await this.#ask(COMMANDS.deleteAll, [], signal, DELETE_LIMIT_MS);
    const left = await this.#countUsers(signal);
    if (left !== 0) throw new StationFault('SCANNER_UNSAFE', PART, `${left} templates stay in the module`);
  }

  async #countUsers(signal: AbortSignal): Promise<number> {
    const { result, data } = await this.#ask(COMMANDS.getAllUserIds, [], signal);
    const count = data[0];
    if (result !== RESULTS.ok || count === undefined) {
      throw new StationFault('SCANNER_UNSAFE', PART, `the module does not tell its templates: result ${result}`);
    }
    return count;
  }

  /** Whom the module thinks to know, which may follow in the reply, is not looked at: only that it calls the face live. */
  #kindOf({ result }: Reply): ScannerVerdict['kind'] {
    if (result === RESULTS.ok) return 'bona-fide';
    if (result === RESULTS.attack) return 'attack';
    if (result === RESULTS.timeout && !this.#hasSeenFace) return 'no-face';
    if (result === RESULTS.camera || result === RESULTS.authorization || result === RESULTS.encryption) {
      throw new StationFault('SCANNER_FAULTY', PART, `result ${result}`);
    }
    return 'not-run';
  }

  #verdict(kind: ScannerVerdict['kind'], detail: string): ScannerVerdict {
    return { kind, startMs: this.#sinceMs, endMs: performance.now(), box: this.#box, detail };
  }

  #onTold(told: Exclude<FromModule, { kind: 'reply' }>): void {
    if (told.kind === 'ready') {
      this.#events.restarted(new StationFault('SCANNER_SILENT', PART, 'the module has restarted'));
    } else if (told.kind === 'fault') {
      this.#events.restarted(new StationFault(told.code, PART, told.detail));
    } else if (told.kind === 'face-state') this.#onFace(told.note);
  }

  #onFace(note: FaceNote): void {
    const atMs = performance.now();
    const { isFace, hint } = faceState(note.state);
    if (isFace) {
      this.#hasSeenFace = true;
      this.#box = boxInPicture(note, this.#options.picture);
      this.#events.found({ kind: 'face', atMs, hint, box: this.#box });
    } else {
      // Whoever comes next may be somebody else: frames before this moment are not vouched for.
      this.#sinceMs = atMs;
      this.#box = null;
      this.#events.found({ kind: 'no-face', atMs });
    }
  }
}

/** A module's silence counts as "it has none"; the end of the work, or of the line, does not. */
function orFault(signal: AbortSignal) {
  return (error: unknown): undefined => {
    signal.throwIfAborted();
    if (isAbort(error) || !(error instanceof StationFault) || error.code !== 'SCANNER_SILENT') throw error;
  };
}
