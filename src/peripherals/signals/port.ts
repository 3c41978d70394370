import type { StationFault } from '../../shared/fault.ts';

/** What the lamps and the buzzer say; see `patterns.ts`. Each is understood by position, colour and rhythm. */
export type PatternName = 'off' | 'go-on' | 'done' | 'staff' | 'fault';

/** `lost` = nothing that is shown or pressed gets through now; the driver keeps trying. */
export type SignalsLink = 'connected' | 'lost';

/**
 * What the panel tells without being asked. With every `connected` all contacts count as at rest (nobody there, door shut,
 * supply well); those that are not follow it.
 */
export type SignalsEvent =
  | { readonly kind: 'button-pressed'; readonly button: 'call-staff' | 'confirm' }
  /** Somebody stands before the station, or has left. */
  | { readonly kind: 'presence-began' }
  | { readonly kind: 'presence-ended' }
  /** The enclosure: also told when the wire of its contact is cut. */
  | { readonly kind: 'door-opened' }
  | { readonly kind: 'door-closed' }
  /** The supply runs out; what is left in the capacitors is for finishing a write. */
  | { readonly kind: 'power-failed' }
  | { readonly kind: 'power-restored' }
  /** Told again with `lost` when the reason, which is in `fault`, becomes another. */
  | { readonly kind: 'link-changed'; readonly link: SignalsLink };

/** Port: lamp tower, ring light, buzzer, buttons and contacts. A station works without one. */
export interface Signals extends AsyncDisposable {
  /** Port path or name of the simulator. */
  readonly name: string;
  readonly link: SignalsLink;
  /** Why the link is lost, for health reports: `PANEL_MISSING`, `PANEL_LOST`, `PANEL_FOREIGN`; `undefined` = connected. */
  readonly fault: StationFault | undefined;
  /**
   * Shows a pattern from its beginning until another is shown. Never waits and never throws: while the link is lost it is
   * remembered, and shown (without its sounds, whose moment has passed) when the link is back. The same pattern again changes nothing.
   */
  show(pattern: PatternName): void;
  /** Ring light around the camera. @param level 0 (off) .. 1; what lies outside is clipped. Remembered like a pattern. */
  ring(level: number): void;
  /** Ends when `signal` aborts or the driver is closed; any number may listen. The link and the contacts as they are come first. */
  events(signal: AbortSignal): AsyncIterable<SignalsEvent>;
}
