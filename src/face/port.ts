import type { HintId } from '../visit/types.ts';

/** What the recognisers made of a face, ‖v‖ = 1. Templates of different recognisers are never compared. */
export interface Template {
  /** Hash that names the recognisers and how they were combined. */
  readonly model: string;
  /** Shape [dim], float32. Zero it with {@link wipe} when the visit ends. */
  readonly vector: Float32Array;
}

/** What the picture of a face is like (ISO/IEC 29794-5 components that the models can give). */
export interface FaceQuality {
  readonly faceCount: number;
  /** Face box, parts of the picture's width and height, 0..1. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly interEyePx: number;
  /** Turn in the picture plane, degrees, clockwise positive. */
  readonly rollDegrees: number;
  /** Turn to the side: the nose from the middle of the eyes, in eye distances; 0 = straight, ±0.5 = over one eye. */
  readonly turn: number;
  /** Variance of the Laplacian on the aligned 112×112 crop. */
  readonly sharpness: number;
  /** Mean grey inside the face, 0..255. */
  readonly brightness: number;
  /** Darker half over lighter half, 0..1; 1 = evenly lit. */
  readonly evenness: number;
  /** Length of the raw template before normalising: the unified score. `undefined` when none was made. */
  readonly templateLength: number | undefined;
}

/**
 * Light that comes from the parts of a face and from around it, in one frame: linear, 0..1; `null` where the picture does not
 * show enough of the part. Compare ratios over time, never the values of two frames: the camera sets its exposure as it likes.
 */
export interface FaceLight {
  /** Skin, brow to chin. */
  readonly face: number | null;
  /** Nose and the cheeks beside it. */
  readonly centre: number | null;
  /** Cheeks where they turn to the ears, both sides. */
  readonly rim: number | null;
  /** Right and left of the head, close to it. */
  readonly beside: number | null;
  /** Far from the head. */
  readonly room: number | null;
}

export type NotAcquiredReason = 'no-face' | 'many-faces' | 'too-dark' | 'too-small' | 'unreadable-image';

/** A look at one frame: enough to guide, no template. */
export type GuidanceFinding =
  | {
      readonly kind: 'seen';
      readonly quality: FaceQuality;
      /** `null` = good, take it. */
      readonly hint: HintId | null;
      readonly light: FaceLight;
      /** Share of small places of the face's picture that are as in the frame before, to the last bit; `null` = there was none. */
      readonly same: number | null;
    }
  | { readonly kind: 'not-seen'; readonly reason: NotAcquiredReason; readonly hint: HintId };

/** The card's photo made into a template. */
export type ReferenceFinding =
  | { readonly kind: 'acquired'; readonly template: Template; readonly quality: FaceQuality }
  | { readonly kind: 'not-acquired'; readonly reason: NotAcquiredReason };

/** A frame made into a template with its attack signal. */
export type ProbeFinding =
  | {
      readonly kind: 'acquired';
      readonly template: Template;
      readonly quality: FaceQuality;
      /** Higher = more bona fide; compare with `thresholds.attack`. `undefined` = detection did not run. */
      readonly attackScore: number | undefined;
    }
  | { readonly kind: 'not-acquired'; readonly reason: NotAcquiredReason };

/** From the manifest: versioned with the models, never set elsewhere. */
export interface FaceThresholds {
  /** Comparison score at and above which it is a match. */
  readonly match: number;
  /** False match rate of one comparison at `match`, in the group that is falsely matched most. */
  readonly fmrAtMatch: number;
  /** At and above this (below `match`) officers decide with both pictures. */
  readonly review: number;
  /** Attack score at and above which the presentation is bona fide. */
  readonly attack: number;
}

/** Port: what is computed about faces. Stateless: templates are the caller's to keep and to wipe. */
export interface FaceEngine extends AsyncDisposable {
  readonly thresholds: FaceThresholds;
  /** `id@first 12 hex digits of sha256`, every model that takes part in a decision. */
  readonly models: readonly string[];
  /** @param image encoded picture of any size (JPEG, PNG); never throws for its content. */
  acquireReference(image: Uint8Array, signal: AbortSignal): Promise<ReferenceFinding>;
  guide(image: Uint8Array, signal: AbortSignal): Promise<GuidanceFinding>;
  acquireProbe(image: Uint8Array, signal: AbortSignal): Promise<ProbeFinding>;
}

/** Overwrites a template with zeros. */
export function wipe(template: Template): void {
  template.vector.fill(0);
}
