import type { HintId } from '../visit/types.ts';
import type { FivePoints } from './landmarks.ts';

/** What the recognisers made of a face, ‖v‖ = 1. Templates of different recognisers are never compared. */
export interface Template {
  /** Hash that names the recognisers and how they were combined. */
  readonly model: string;
  /** Shape [dim], float32. Zero it with {@link wipe} when the visit ends. */
  readonly vector: Float32Array;
  /**
   * The aligned face in grey, 112×112, one byte a pixel: tells whether two pictures are one photograph. As biometric as the
   * vector, and wiped with it. Not there in a template that is fused of several.
   */
  readonly patch?: Uint8Array;
}

/** Light, colours and grain of one frame; they depend on the camera and mean something only against a station's own. */
export interface FaceCues {
  /** Part of the face's pixels above 235, 0..1. */
  readonly blown: number;
  /** Standard deviation of the face's grey. */
  readonly contrast: number;
  /** Mean saturation of the face, 0..1. */
  readonly saturation: number;
  /** Logarithm of blue over red in the face: below 0 = warm. */
  readonly cast: number;
  /** Darkest 2 % of the face, grey level. */
  readonly black: number;
  /** Part of the pixels of face and surroundings that are burnt out, 0..1. */
  readonly glare: number;
  /** Logarithm of the face's sharpness over that of its surroundings. */
  readonly sharper: number;
  /** Strongest regular grid: logarithm of a spectral peak over what is around it. */
  readonly grid: number;
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
  /** How open the wider open of both eyes is, 0..1; `undefined` when it was not looked at. */
  readonly eyesOpen: number | undefined;
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
      readonly cues: FaceCues;
      /** In the picture; how they move from frame to frame tells a flat face from a round one. */
      readonly points: FivePoints;
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
  /** Raw templates shorter than this are of a face that shows little of itself: covered, blurred, dark. 0 = not known. */
  readonly weakLength: number;
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
  /** The person has left: nothing that was seen of them stays in the engine's memory. Never throws. */
  forget(): Promise<void>;
}

/** Overwrites a template, and what else was taken of the face, with zeros. */
export function wipe(template: Template): void {
  template.vector.fill(0);
  template.patch?.fill(0);
}
