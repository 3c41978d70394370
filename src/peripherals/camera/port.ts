/** One picture as the camera sent it. */
export interface Frame {
  /** A whole JPEG. */
  readonly jpeg: Uint8Array;
  /** Counts every frame that came, also those never handed out. */
  readonly seq: number;
  /** Monotonic time at which its last byte came, ms. */
  readonly atMs: number;
  readonly origin: FrameOrigin;
}

/** Which device a frame came from. */
export interface FrameOrigin {
  /** Name of the camera; another one when a second camera has taken over. */
  readonly camera: string;
  /** What tells this device from another one in the same place; `null` when nothing is known of it. */
  readonly device: string | null;
}

/** How the camera is doing; `degraded` = it is being restarted. */
export type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'faulty'; readonly code: import('../../shared/faults.ts').FaultCode; readonly detail: string };

/** Port: a camera as a stream of JPEG frames, latest frame wins. */
export interface Camera extends AsyncDisposable {
  readonly name: string;
  readonly state: CameraState;
  /**
   * Turns the camera on and yields the newest frame each time it is asked; frames in between are dropped.
   * A crash or stall is mended inside (the iteration just pauses); the camera goes off when the last reader ends.
   * Ends when `signal` aborts. Never throws for a camera fault: that is in `state`.
   */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
  /** Told on every change of `state`; returns the way to stop being told. */
  onState(listener: (state: CameraState) => void): () => void;
}
