import type { StationFault } from '../../shared/fault.ts';
import type { HintId } from '../../visit/types.ts';

/** Face box in the module's own picture, parts of its width and height, 0..1. */
export interface ScannerBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the module saw at one moment while it judged. */
export type ScannerFinding =
  | {
      readonly kind: 'face';
      /** Monotonic, ms. */
      readonly atMs: number;
      /** `null` = good as it is. */
      readonly hint: HintId | null;
      /** `null` = the module did not say, or the size of its picture is not known. */
      readonly box: ScannerBox | null;
    }
  | { readonly kind: 'no-face'; readonly atMs: number };

/**
 * A module's judgement of what stood before its own lens. Evidence of presentation, never of identity.
 * `not-run` = nothing was judged, whatever the reason: it counts against, like `attack` (domain rule 2).
 */
export interface ScannerVerdict {
  readonly kind: 'bona-fide' | 'attack' | 'no-face' | 'not-run';
  /** From here on the same presentation stood before the lens; monotonic, ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** Where the face last was in that time, if the module told. */
  readonly box: ScannerBox | null;
  /** Technical reason for the log, e.g. `result 12`. Nothing personal. */
  readonly detail: string;
}

export interface ScannerInfo {
  readonly model: string;
  readonly firmware: string | null;
  /** Last four characters only. */
  readonly serial: string | null;
}

/** Port: a face-scanner module. It heals itself: after a fault it is opened again until it is disposed of. */
export interface FaceScanner extends AsyncDisposable {
  readonly name: string;
  /** `undefined` until the module has answered for the first time. */
  readonly info: ScannerInfo | undefined;
  /** What is wrong now; `undefined` = ready. */
  readonly fault: StationFault | undefined;
  /** Told when `fault` or `info` changed; returns the way to stop being told. */
  onChange(listener: () => void): () => void;
  /** What the module sees while it judges; starts no judging of its own, since no face is looked at before consent. Ends on abort. */
  watch(signal: AbortSignal): AsyncIterable<ScannerFinding>;
  /**
   * Judges what stands before the lens, one judgement at a time. A module that is away or fails within `limitMs` is a `not-run`.
   * @throws the reason of `signal` when that aborts; the module is told to stop
   */
  judge(limitMs: number, signal: AbortSignal): Promise<ScannerVerdict>;
}
