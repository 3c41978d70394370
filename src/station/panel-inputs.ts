import type { CitizenScreen } from '../kiosk/protocol.ts';
import type { Log } from '../observe/log.ts';
import type { SignalsEvent } from '../peripherals/signals/port.ts';
import { unreachable } from '../shared/unreachable.ts';
import type { VisitEvent } from '../visit/visit.ts';
import type { PartBoard } from './parts.ts';

/** Events of the station itself: the server sees from them why a stretch of time has no visits. */
export const DOOR_CHANGED = 'th.thuengban.station.door-changed.v1';
export const POWER_CHANGED = 'th.thuengban.station.power-changed.v1';

/**
 * What the confirm button says on this screen: the one affirmative answer that the screen itself offers, else nothing.
 * For hands that cannot use a touch screen.
 */
export function confirmationOf(screen: CitizenScreen): VisitEvent | null {
  if (screen.screen === 'reading' && screen.consent === 'asked')
    return { kind: 'consent-given', purpose: screen.purpose.id, how: 'button' };
  if (screen.screen === 'still-there') return { kind: 'more-time-wanted' };
  return null;
}

/** Nobody reads a question and answers it sooner than this after the one before. */
const SAME_PRESS_MS = 1_500;

export interface PanelInputsOptions {
  readonly screen: () => CitizenScreen;
  readonly monotonicMs: () => number;
  readonly dispatch: (event: VisitEvent) => void;
  /** Writes an event of the station to the journal. */
  readonly record: (type: string, data: Readonly<Record<string, unknown>>) => void;
  readonly board: PartBoard;
  readonly log: Log;
}

/** Carries out what is pressed and sensed at the panel. */
export class PanelInputs {
  readonly #options: PanelInputsOptions;
  /** `null` until a sensor has told of anybody: a panel without one must not look deserted. */
  #isSomebodyThere: boolean | null = null;
  #confirmedMs = Number.NEGATIVE_INFINITY;

  constructor(options: PanelInputsOptions) {
    this.#options = options;
  }

  /** False only when a presence sensor is fitted and sees nobody. */
  get mayBeSeen(): boolean {
    return this.#isSomebodyThere ?? true;
  }

  handle(event: SignalsEvent): void {
    switch (event.kind) {
      case 'button-pressed':
        return this.#pressed(event.button);
      case 'presence-began':
      case 'presence-ended':
        this.#isSomebodyThere = event.kind === 'presence-began';
        return this.#options.log.info('presence-changed', { isThere: this.#isSomebodyThere });
      case 'door-opened':
      case 'door-closed':
        return this.#door(event.kind === 'door-opened');
      case 'power-failed':
      case 'power-restored':
        return this.#power(event.kind === 'power-restored');
      case 'link-changed':
        return event.link === 'connected' ? this.#linked() : undefined;
      default:
        return unreachable(event);
    }
  }

  #pressed(button: 'call-staff' | 'confirm'): void {
    const { dispatch, screen, monotonicMs } = this.#options;
    if (button === 'call-staff') return dispatch({ kind: 'staff-called' });
    const answer = confirmationOf(screen());
    // A contact that bounces or a hand that trembles presses twice.
    if (!answer || monotonicMs() - this.#confirmedMs < SAME_PRESS_MS) return;
    this.#confirmedMs = monotonicMs();
    dispatch(answer);
  }

  #door(isOpen: boolean): void {
    const { record, log } = this.#options;
    log.warn('door-changed', { isOpen });
    this.#showDoor(isOpen);
    record(DOOR_CHANGED, { door: isOpen ? 'open' : 'shut' });
  }

  #power(isWell: boolean): void {
    const { record, log } = this.#options;
    // First the record: what is left in the capacitors is for this write.
    record(POWER_CHANGED, { power: isWell ? 'restored' : 'failed' });
    log.warn('power-changed', { isWell });
    this.#showPower(isWell);
  }

  /** A new link begins with every contact at rest; those that are not are told right after it. */
  #linked(): void {
    const { board } = this.#options;
    this.#isSomebodyThere = null;
    if (board.stateOf('enclosure')) this.#showDoor(false);
    if (board.stateOf('power')) this.#showPower(true);
  }

  #showDoor(isOpen: boolean): void {
    const code = isOpen ? 'ENCLOSURE_OPEN' : null;
    this.#options.board.set('enclosure', { state: isOpen ? 'degraded' : 'ready', name: 'door contact', code });
  }

  #showPower(isWell: boolean): void {
    const code = isWell ? null : 'POWER_FAILED';
    this.#options.board.set('power', { state: isWell ? 'ready' : 'faulty', name: 'power input', code });
  }
}
