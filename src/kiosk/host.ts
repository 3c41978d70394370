import type { Language } from '../visit/types.ts';
import type { CitizenScreen, ClientMessage, OperatorStatus, SimulatorState } from './protocol.ts';

/** What the kiosk needs of the station; `station` implements it. */
export interface KioskHost {
  readonly widthMm: number;
  readonly isDemo: boolean;
  screen(): { readonly language: Language; readonly screen: CitizenScreen };
  operator(): OperatorStatus;
  /** `null` outside demo mode: the simulator pages and commands then do not exist. */
  simulator(): SimulatorState | null;
  /** Called with checked messages only. */
  handle(message: ClientMessage): void;
  /** Told after every change of `screen()`, `operator()` or `simulator()`; returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Told every preview frame (mirrored, low-resolution JPEG) while the capture screen is up. */
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
  /** For `/healthz`, `/readyz` and `/metrics`. */
  isReady(): boolean;
  metrics(): Promise<string>;
}
