import type { CitizenScreen, ProgrammeInfo, ScreenAids } from '../kiosk/protocol.ts';
import type { Language, VisitPlace } from '../visit/types.ts';

/** What the citizen's page shows: the station's screen, or `connecting` before the first word from it. */
export type CitizenView = CitizenScreen | { readonly screen: 'connecting' };

/** A sheet that the page lays over the station's screen by itself; it holds nothing about anybody. */
export type Sheet =
  | { readonly sheet: 'explain'; readonly page: number }
  | { readonly sheet: 'cards'; readonly page: number }
  /** Yes, no and stop, to point at. */
  | { readonly sheet: 'answers' }
  | { readonly sheet: 'display' };

/** How this person wants to see the screen; forgotten when their visit ends. */
export interface Display {
  readonly text: 1 | 1.25 | 1.5;
  readonly hasContrast: boolean;
  readonly isStill: boolean;
  readonly switches: ScreenAids['switches'];
  /** Rest on each choice while `switches` is `auto`, ms. */
  readonly paceMs: number;
}

/** Everything that the citizen's page draws from. */
export interface CitizenModel {
  readonly view: CitizenView;
  readonly place: VisitPlace;
  readonly language: Language;
  /** Width of the real glass, mm. */
  readonly widthMm: number;
  readonly aids: ScreenAids;
  readonly programme: ProgrammeInfo | null;
  readonly sheet: Sheet | null;
  /** The sheet has been left alone for long: asks whether it is still being looked at. */
  readonly isAskingSheet: boolean;
  readonly display: Display;
  /** A clip is being heard; `stand-in` = it is the computer's voice. */
  readonly voice: 'silent' | 'recorded' | 'stand-in';
}

/** What a citizen can do, as the screens see it. */
export interface CitizenActions {
  readonly callStaff: () => void;
  readonly chooseLanguage: (language: Language) => void;
  readonly consent: (choice: 'agree' | 'ask-staff', how: 'touch' | 'button') => void;
  readonly moreTime: () => void;
  readonly open: (sheet: Sheet) => void;
  readonly close: () => void;
  readonly chooseDisplay: (display: Display) => void;
  /** Reads the screen aloud, or stops when it is being read. */
  readonly listen: () => void;
  /** Somebody is there: touched, pressed a key, or asked for more time with a sheet. */
  readonly stir: () => void;
}

/** Before the station has said otherwise. */
export const NO_AIDS: ScreenAids = { audio: 'off', switches: 'off', switchPaceMs: 3_000, mayStandIn: false };

/** @param aids the station's settings, which a person may change for their own visit */
export function plainDisplay(aids: ScreenAids): Display {
  return { text: 1, hasContrast: false, isStill: false, switches: aids.switches, paceMs: aids.switchPaceMs };
}
