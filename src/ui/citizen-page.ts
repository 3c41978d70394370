import { batch, type Signal, signal } from '@preact/signals';
import type { ClientMessage, ServerMessage } from '../kiosk/protocol.ts';
import { type CitizenActions, type CitizenModel, NO_AIDS, plainDisplay, type Sheet } from './citizen-view.ts';

/** How long a sheet may be left alone before it asks, and how long it then waits for an answer. */
export interface SheetLimits {
  readonly quietMs: number;
  readonly answerMs: number;
}
export const SHEET_LIMITS: SheetLimits = { quietMs: 60_000, answerMs: 30_000 };

/** Width of a 10.1″ glass, until the station says which one it has. */
const DEFAULT_WIDTH_MM = 217;

const AT_FIRST: CitizenModel = {
  view: { screen: 'connecting' },
  place: 'station',
  language: 'th',
  widthMm: DEFAULT_WIDTH_MM,
  aids: NO_AIDS,
  programme: null,
  sheet: null,
  isAskingSheet: false,
  display: plainDisplay(NO_AIDS),
  voice: 'silent',
};

export interface CitizenPage {
  readonly model: Signal<CitizenModel>;
  readonly actions: CitizenActions;
  receive(message: ServerMessage): void;
  /** The station cannot be heard: everything of the visit goes at once. */
  lose(): void;
}

interface CitizenPageOptions {
  readonly send: (message: ClientMessage) => void;
  readonly listen: () => void;
  readonly limits: SheetLimits;
}

/** State of the citizen's page: what the station says, and what the page may do without it (sheets, display). */
export function createCitizenPage({ send, listen, limits }: CitizenPageOptions): CitizenPage {
  const model = signal<CitizenModel>(AT_FIRST);
  const change = (changes: Partial<CitizenModel>) => {
    model.value = { ...model.value, ...changes };
  };
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let isExplained = false;

  const wait = () => {
    clearTimeout(quiet);
    const { sheet, isAskingSheet, view, display, aids } = model.value;
    if (sheet) quiet = setTimeout(isAskingSheet ? close : ask, isAskingSheet ? limits.answerMs : limits.quietMs);
    // Somebody set the display and left before a visit began: the next person finds it plain.
    else if (view.screen === 'idle' && display !== plainDisplay(aids)) quiet = setTimeout(forget, 2 * limits.quietMs);
  };
  const ask = () => {
    change({ isAskingSheet: true });
    wait();
  };
  const close = () => {
    change({ sheet: null, isAskingSheet: false });
    wait();
  };
  const forget = () => change({ display: plainDisplay(model.value.aids) });
  const open = (sheet: Sheet) => {
    if (model.value.sheet?.sheet !== sheet.sheet) isExplained = false;
    change({ sheet, isAskingSheet: false });
    wait();
    if (sheet.sheet !== 'explain' || isExplained || sheet.page < lastExplainPage(model.value)) return;
    isExplained = true;
    send({ kind: 'explained' });
  };

  const actions: CitizenActions = {
    callStaff: () => send({ kind: 'call-staff' }),
    chooseLanguage(language) {
      // At once, so that it also works while the station cannot be heard.
      change({ language });
      send({ kind: 'set-language', language });
    },
    consent(choice, how) {
      const { view, display } = model.value;
      if (view.screen !== 'reading') return;
      send({ kind: 'consent', purpose: view.purpose.id, choice, how, isShort: display.text > 1 });
    },
    moreTime: () => send({ kind: 'more-time' }),
    open,
    close,
    chooseDisplay(display) {
      change({ display });
      wait();
    },
    listen,
    stir() {
      if (model.value.isAskingSheet) change({ isAskingSheet: false });
      wait();
    },
  };

  const receive = (message: ServerMessage) => {
    if (message.kind === 'programme') return change({ programme: message.programme });
    if (message.kind !== 'screen') return;
    const { screen: view, language, widthMm, place, aids } = message;
    const before = model.value;
    const isNewScreen = before.view.screen !== view.screen;
    const isFirst = before.view.screen === 'connecting';
    const hasEnded = isNewScreen && view.screen === 'idle';
    const display = isFirst || hasEnded ? plainDisplay(aids) : before.display;
    // How the screen looks may be set while the card is read; pictures and explanations give way to the station.
    const mayStay = !isNewScreen || (before.sheet?.sheet === 'display' && !hasEnded);
    batch(() => change({ view, language, widthMm, place, aids, display, sheet: mayStay ? before.sheet : null }));
    if (isNewScreen) actions.stir();
  };
  const lose = () => {
    clearTimeout(quiet);
    change({ view: { screen: 'out-of-service' }, sheet: null, isAskingSheet: false, display: plainDisplay(NO_AIDS) });
  };
  return { model, actions, receive, lose };
}

/** The last page of what is explained: the programme's pages, and one for its LINE account when it has one. */
export function lastExplainPage({ programme }: Pick<CitizenModel, 'programme'>): number {
  return (programme?.explain.length ?? 0) - (programme?.line ? 0 : 1);
}
