import type { HintId, Language, NextStepId, VisitPlace } from '../visit/types.ts';
import type { Ask, DeskStatus, ExplainPage } from './desk-protocol.ts';

/**
 * What goes over the loopback WebSocket between the station and the screens: a *screen state*, never the record.
 * Text frames are JSON of {@link ServerMessage} / {@link ClientMessage}; binary frames on the citizen's socket are
 * the mirrored, low-resolution preview JPEG (sent only while the capture screen is up).
 */
export type CitizenScreen =
  /** `representative`: the next card is that of somebody who stands for the citizen. */
  | { readonly screen: 'idle'; readonly expects: 'anybody' | 'representative' }
  /** The card could not be read this once: take it out and put it in again. Same calm, no blame. */
  | { readonly screen: 'reinsert'; readonly ask: 'chip-up' | 'thai-id' }
  | {
      readonly screen: 'reading';
      /** 0..1 */
      readonly progress: number;
      readonly consent: 'asked' | 'given';
      /** What is asked now; the words of another purpose than the comparison come from the programme. */
      readonly purpose: { readonly id: 'face-comparison' } | { readonly id: string; readonly words: Words };
    }
  | {
      readonly screen: 'capture';
      readonly hint: HintId | null;
      /** True when a face is well framed: the oval turns solid. */
      readonly framed: boolean;
      readonly attempt: number;
      readonly attemptsAllowed: number;
      /** 0..1 while the card is still being read in the background, 1 when it is done. */
      readonly cardProgress: number;
      /** Bedside: seconds left of the time that is fair to ask of somebody, else `null`. */
      readonly dignityLeftS: number | null;
    }
  | { readonly screen: 'checking' }
  | { readonly screen: 'done'; readonly receipt: Receipt | null; readonly nextStep: NextStepId }
  /** The same calm screen for every result that people must finish; `receipt` once an outcome is saved. */
  | { readonly screen: 'staff'; readonly receipt: Receipt | null; readonly nextStep: NextStepId | null }
  | { readonly screen: 'still-there'; readonly secondsLeft: number }
  | { readonly screen: 'out-of-service' };

/** What the citizen takes along: a reference without personal data. */
export interface Receipt {
  /** Short code to read aloud, e.g. `7KQ2-M8XD`. */
  readonly code: string;
  /** What the QR says, e.g. `THUENGBAN:7KQ2-M8XD`. */
  readonly qrText: string;
}

/** State of one peripheral or service, for staff. */
export interface PartStatus {
  /** `card-reader`, `camera`, `signals`, …: `PartName` of the station. */
  readonly part: string;
  readonly state: 'ready' | 'degraded' | 'missing' | 'faulty';
  readonly since: string;
  /** Technical name of the device or driver. */
  readonly name: string;
  readonly fault: { readonly code: string; readonly cause: Words; readonly mend: Words } | null;
}
export interface Words {
  readonly th: string;
  readonly en: string;
}

/** Sent whole on connect and on every change. */
export type ServerMessage =
  | {
      readonly kind: 'screen';
      readonly language: Language;
      readonly widthMm: number;
      /** At a bedside the operator holds the screen, and all guidance is for them. */
      readonly place: VisitPlace;
      readonly aids: ScreenAids;
      readonly screen: CitizenScreen;
    }
  /** Sent on connect and when another programme comes. */
  | { readonly kind: 'programme'; readonly programme: ProgrammeInfo }
  | { readonly kind: 'operator'; readonly status: OperatorStatus; readonly desk: DeskStatus }
  /** To one `ask`, by its number; the shape follows from what was asked, or is a refusal. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'simulator'; readonly state: SimulatorState }
  /** Every few seconds, so that a screen notices a station that hangs without closing its socket. */
  | { readonly kind: 'alive' };

/** How this station helps people to read its screen: settings, the same for everybody. */
export interface ScreenAids {
  /**
   * `listen`: on a tap only; `speak`: also by itself on each new screen; `headphones`: only step by step with two keys, so
   * that a loudspeaker stays silent; `off`: the station has no sound.
   */
  readonly audio: 'off' | 'listen' | 'speak' | 'headphones';
  /** How switches choose: `auto` moves on by itself and one switch chooses, `step` has one switch to move and one to choose. */
  readonly switches: 'off' | 'auto' | 'step';
  /** How long `auto` rests on each choice, ms. */
  readonly switchPaceMs: number;
  /** Demo mode: the computer's stand-in voice may be heard, marked as such. Else a clip that nobody recorded is silence. */
  readonly mayStandIn: boolean;
}

/** What the programme is, for people. */
export interface ProgrammeInfo {
  readonly name: Words;
  readonly explain: readonly ExplainPage[];
  /** LINE account of the tambon; `qrText` is its add-friend address. */
  readonly line: { readonly name: string; readonly qrText: string } | null;
}

/** Health for staff: no citizen, no score. */
export interface OperatorStatus {
  readonly station: string;
  readonly version: string;
  readonly parts: readonly PartStatus[];
  /** Results that the broker has not taken yet, and the age of the oldest in seconds. */
  readonly unsent: { readonly count: number; readonly oldestAgeS: number };
  /** The last fault of the visit in progress, with its words; `null` when there is none. */
  readonly visitFault: { readonly code: string; readonly cause: Words; readonly mend: Words } | null;
}

/** The simulated world, demo mode only. Its people are synthetic. */
export interface SimulatorState {
  readonly people: readonly { readonly id: string; readonly label: Words }[];
  readonly faces: readonly { readonly id: string; readonly label: Words }[];
  /** Person id of the inserted card, or `null`. */
  readonly inserted: string | null;
  /** Face before the camera, or `null` for an empty room. */
  readonly face: string | null;
  /** How it is shown. */
  readonly presentation: Presentation;
  readonly cameraPlugged: boolean;
  /** Which parts are simulated; the panel greys out what is real hardware. */
  readonly simulated: { readonly card: boolean; readonly camera: boolean };
  /** The last recorded outcome, newest first, at most 10: `verified`, `declined`, … */
  readonly outcomes: readonly {
    readonly at: string;
    readonly outcome: string;
    readonly eventId: string;
    readonly published: boolean;
  }[];
}

/** How a face comes before the simulated camera: a living person, or one of the ways of an attack. */
export type Presentation = 'living' | 'print' | 'screen' | 'injected' | 'replayed';

/** What the screens may ask for. Anything else is refused. */
export type ClientMessage =
  /** To the purpose that the screen asked: a tap that comes twice does not answer the next one. */
  | {
      readonly kind: 'consent';
      readonly purpose: string;
      readonly choice: 'agree' | 'ask-staff';
      readonly how: 'touch' | 'button';
      /** The notice stood there in its short form: the letters were made large. */
      readonly isShort?: boolean | undefined;
    }
  | { readonly kind: 'call-staff' }
  | { readonly kind: 'set-language'; readonly language: Language }
  | { readonly kind: 'more-time' }
  /** Leave the staff screen: an officer has taken over. Operator screen only. */
  | { readonly kind: 'staff-done' }
  /** The citizen has looked at what the programme is. */
  | { readonly kind: 'explained' }
  /** Operator screen only. */
  | { readonly kind: 'ask'; readonly id: number; readonly ask: Ask }
  | { readonly kind: 'simulate'; readonly command: SimulatorCommand };

export type SimulatorCommand =
  | { readonly do: 'insert-card'; readonly person: string }
  | { readonly do: 'pull-card' }
  | { readonly do: 'show-face'; readonly face: string | null }
  | { readonly do: 'present'; readonly presentation: Presentation }
  | { readonly do: 'unplug-camera' }
  | { readonly do: 'plug-camera' };

/** Which page a socket serves; decides what it is sent and what it may ask. */
export type SocketRole = 'citizen' | 'operator' | 'simulator';
