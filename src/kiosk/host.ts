import type { Language, VisitPlace } from '../visit/types.ts';
import type { Ask, DeskStatus } from './desk-protocol.ts';
import type {
  CitizenScreen,
  ClientMessage,
  OperatorStatus,
  ProgrammeInfo,
  ScreenAids,
  SimulatorState,
} from './protocol.ts';

/** What the kiosk needs of the station; `station` implements it. */
export interface KioskHost {
  readonly widthMm: number;
  readonly isDemo: boolean;
  /** From the settings; `mayStandIn` in demo mode alone. */
  readonly aids: ScreenAids;
  screen(): { readonly language: Language; readonly place: VisitPlace; readonly screen: CitizenScreen };
  programme(): ProgrammeInfo;
  operator(): OperatorStatus;
  desk(): DeskStatus;
  /** Carries out what staff ask. Never rejects: what cannot be done is answered with a `Refusal`. */
  ask(ask: Ask): Promise<unknown>;
  /** Picture of the visit in progress, JPEG, for staff; `undefined` for any token but this visit's. */
  picture(token: string, which: 'card' | 'probe'): Uint8Array | undefined;
  /** `null` outside demo mode: the simulator pages and commands then do not exist. */
  simulator(): SimulatorState | null;
  /** Called with checked messages only. */
  handle(message: Exclude<ClientMessage, { kind: 'ask' }>): void;
  /** Told after every change of `screen()`, `operator()` or `simulator()`; returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Told every preview frame (mirrored, low-resolution JPEG) while the capture screen is up. */
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
  /** For `/healthz`, `/readyz` and `/metrics`. */
  isReady(): boolean;
  metrics(): Promise<string>;
}
