import type { Desk } from '../desk/desk.ts';
import type { DeskField } from '../desk/field.ts';
import { refuseFault } from '../desk/refusals.ts';
import type { Ask, DeskStatus } from '../kiosk/desk-protocol.ts';
import type { KioskHost } from '../kiosk/host.ts';
import type {
  ClientMessage,
  OperatorStatus,
  ProgrammeInfo,
  Receipt,
  ScreenAids,
  SimulatorState,
} from '../kiosk/protocol.ts';
import type { Log } from '../observe/log.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { unreachable } from '../shared/unreachable.ts';
import type { Language } from '../visit/types.ts';
import type { DecidedVisit, Visit, VisitEvent } from '../visit/visit.ts';
import { lineFriend } from './desk-paper.ts';
import { faultWords, type PartBoard } from './parts.ts';
import { screenOf } from './screens.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import type { FinishedVisit } from './visit-recorder.ts';

export interface StationHostOptions {
  readonly station: string;
  readonly version: string;
  readonly widthMm: number;
  readonly isDemo: boolean;
  readonly aids: ScreenAids;
  readonly defaultLanguage: Language;
  /** Asked only once the station is built. */
  readonly desk: () => { readonly desk: Desk; readonly field: DeskField };
  readonly dignityLeftS: () => number | null;
  readonly receipt: (visit: DecidedVisit) => Receipt;
  readonly answerMs: number;
  readonly board: PartBoard;
  readonly visit: () => Visit;
  readonly visitFault: () => FaultCode | null;
  readonly unsent: () => OperatorStatus['unsent'];
  readonly world: () => SimulatedWorld | null;
  readonly dispatch: (event: VisitEvent) => void;
  /** The citizen has seen what the programme is. */
  readonly explained: () => void;
  readonly metrics: () => Promise<string>;
  readonly log: Log;
}

/** What the demo panel remembers of past visits. */
const OUTCOMES_SHOWN = 10;

/** The station as the screens see it: states out, wishes in. */
export class StationHost implements KioskHost {
  readonly widthMm: number;
  readonly isDemo: boolean;
  readonly aids: ScreenAids;
  readonly #options: StationHostOptions;
  readonly #changes = new Set<() => void>();
  readonly #previews = new Set<(jpeg: Uint8Array) => void>();
  #language: Language;
  #outcomes: SimulatorState['outcomes'] = [];

  constructor(options: StationHostOptions) {
    this.#options = options;
    this.widthMm = options.widthMm;
    this.isDemo = options.isDemo;
    this.aids = options.aids;
    this.#language = options.defaultLanguage;
  }

  screen() {
    const { answerMs, visit, desk, dignityLeftS, receipt } = this.#options;
    const { field } = desk();
    const { purposes } = field.programme;
    const screen = screenOf(visit(), {
      policy: field.policy(),
      purposeWords: (purpose) => purposes.find(({ id }) => id === purpose)?.words ?? { th: purpose, en: purpose },
      expects: field.expected().task.kind === 'represent' ? 'representative' : 'anybody',
      dignityLeftS: dignityLeftS(),
      answerMs,
      receipt,
      isInService: this.isInService(),
    });
    return { language: this.#language, place: field.place, screen };
  }

  get language(): Language {
    return this.#language;
  }

  programme(): ProgrammeInfo {
    const { name, explain, line } = this.#options.desk().field.programme;
    return { name, explain, line: line === null ? null : { name: line, qrText: lineFriend(line) } };
  }

  desk(): DeskStatus {
    return this.#options.desk().desk.status();
  }

  async ask(ask: Ask): Promise<unknown> {
    try {
      return await this.#options.desk().desk.ask(ask);
    } catch (error) {
      const { code } = asFault(error, 'INTERNAL', 'desk');
      // Its words might say what was asked, and what staff ask names people.
      this.#options.log.error('effect-failed', { code, detail: ask.do });
      return refuseFault(code);
    }
  }

  picture(token: string, which: 'card' | 'probe'): Uint8Array | undefined {
    return this.#options.desk().desk.picture(token, which);
  }

  operator(): OperatorStatus {
    const { station, version, board, unsent, visitFault } = this.#options;
    const code = visitFault();
    return {
      station,
      version,
      parts: board.list(),
      unsent: unsent(),
      visitFault: code === null ? null : faultWords(code),
    };
  }

  simulator(): SimulatorState | null {
    return this.#options.world()?.state(this.#outcomes) ?? null;
  }

  /** Can a visit be begun and its outcome kept? Without camera or models people finish it, so those do not count. */
  isInService(): boolean {
    const { board } = this.#options;
    return board.stateOf('card-reader') === 'ready' && this.mayBegin() && board.stateOf('power') !== 'faulty';
  }

  /** Could the outcome of a visit that begins now be sealed and kept? One that is under way goes on in any case. */
  mayBegin(): boolean {
    const { board } = this.#options;
    const journal = board.stateOf('journal');
    return (
      (journal === 'ready' || journal === 'degraded') &&
      board.stateOf('identity') !== 'faulty' &&
      board.stateOf('disk') !== 'faulty'
    );
  }

  isReady(): boolean {
    return this.isInService() && this.#options.board.stateOf('face') === 'ready';
  }

  metrics(): Promise<string> {
    return this.#options.metrics();
  }

  handle(message: Exclude<ClientMessage, { kind: 'ask' }>): void {
    const { dispatch } = this.#options;
    switch (message.kind) {
      case 'consent':
        return dispatch({
          kind: message.choice === 'agree' ? 'consent-given' : 'consent-refused',
          purpose: message.purpose,
          how: message.how,
          isShort: message.isShort,
        });
      case 'explained':
        return this.#options.explained();
      case 'call-staff':
        return dispatch({ kind: 'staff-called' });
      case 'more-time':
        return dispatch({ kind: 'more-time-wanted' });
      case 'set-language':
        this.#language = message.language;
        return this.changed();
      case 'staff-done':
        return dispatch({ kind: 'staff-attended' });
      case 'simulate':
        return this.#simulate(message.command);
      default:
        return unreachable(message);
    }
  }

  onChange(listener: () => void): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  onPreview(listener: (jpeg: Uint8Array) => void): () => void {
    this.#previews.add(listener);
    return () => this.#previews.delete(listener);
  }

  changed(): void {
    for (const listener of this.#changes) listener();
  }

  preview(jpeg: Uint8Array): void {
    for (const listener of this.#previews) listener(jpeg);
  }

  /** The next person finds the station's own language again. */
  visitEnded(): void {
    this.#language = this.#options.defaultLanguage;
  }

  remember({ at, outcome, eventId }: FinishedVisit): void {
    const said = 'reason' in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind;
    this.#outcomes = [{ at, outcome: said, eventId, published: false }, ...this.#outcomes].slice(0, OUTCOMES_SHOWN);
    this.changed();
  }

  published(eventId: string): void {
    this.#outcomes = this.#outcomes.map((one) => (one.eventId === eventId ? { ...one, published: true } : one));
    this.changed();
  }

  #simulate(command: Extract<ClientMessage, { kind: 'simulate' }>['command']): void {
    const world = this.#options.world();
    if (!world) return;
    this.#options.log.info('simulator', { command: command.do });
    const failed = (error: unknown) => {
      const fault = asFault(error, 'INTERNAL', 'simulator');
      this.#options.log.warn('simulator', { command: command.do, code: fault.code, detail: fault.message });
    };
    switch (command.do) {
      case 'insert-card':
        return void world.insertCard(command.person, true).catch(failed);
      case 'pull-card':
        return void world.pullCard().catch(failed);
      case 'show-face':
        return world.showFace(command.face);
      case 'present':
        return world.present(command.presentation);
      case 'unplug-camera':
        return world.plugCamera(false);
      case 'plug-camera':
        return world.plugCamera(true);
      default:
        return unreachable(command);
    }
  }
}
