/** What stands before the simulated module's lens. */
export interface Scene {
  readonly face: boolean;
  readonly live: boolean;
  /** What the module tells while it looks, in its own numbers (face states of the FM22x, hint statuses of RealSense ID). */
  readonly states: readonly number[];
  /** How long it looks before it decides, ms. */
  readonly lookMs: number;
}

/** A person who stands there and looks. */
export const LIVE_FACE: Scene = { face: true, live: true, states: [0], lookMs: 20 };
export const PHOTOGRAPH: Scene = { face: true, live: false, states: [0], lookMs: 20 };
export const NOBODY: Scene = { face: false, live: false, states: [1], lookMs: 20 };
