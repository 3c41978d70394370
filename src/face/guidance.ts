import type { HintId } from '../visit/types.ts';
import type { FaceLight, FaceQuality, NotAcquiredReason } from './port.ts';

/**
 * What a frame must reach to be taken without a word. They guide; they never refuse: a face whose owner cannot do
 * what is asked still goes on when the time for guiding is over.
 */
export const GUIDANCE_LIMITS = {
  /** Eyes 60 px apart fill the recogniser's crop (35 px) with detail to spare. */
  interEyePx: 60,
  boxHeight: 0.8,
  /** Of the face from the edges of the picture, parts of its width and height; where in between it is does not matter. */
  margin: 0.01,
  darkest: 50,
  lightest: 220,
  /** Darker than this with a room so many times as light (linear) behind it, a face is lit from behind. */
  backlit: { brightness: 80, room: 4 },
  evenness: 0.35,
  /** Nose from the middle of the eyes, in eye distances: about 30° of head turn. */
  turn: 0.3,
  /** Both eyes less open than this are closed (models/cards/fr_eye.md). */
  eyesOpen: 0.1,
  /** Below the fifth percentile of sharp news photographs (47). */
  sharpness: 30,
} as const;

/**
 * The one thing to say about a frame, most helpful first: who, light, distance, place, direction, eyes, stillness.
 * The roll of the head is never a hint: a person may be lying down. Nor is its height in the picture: a wheelchair is low.
 * @returns `null` when the frame is good
 */
export function hintFor(quality: FaceQuality, light?: FaceLight): HintId | null {
  const { box } = quality;
  if (quality.faceCount > 1) return 'one-person';
  if (isBacklit(quality, light)) return 'turn-from-light';
  if (quality.brightness < GUIDANCE_LIMITS.darkest) return 'more-light';
  if (quality.brightness > GUIDANCE_LIMITS.lightest) return 'less-light';
  if (quality.interEyePx < GUIDANCE_LIMITS.interEyePx) return 'come-closer';
  if (box.height > GUIDANCE_LIMITS.boxHeight) return 'move-back';
  const margin = Math.min(box.x, box.y, 1 - box.x - box.width, 1 - box.y - box.height);
  if (margin < GUIDANCE_LIMITS.margin) return 'to-the-middle';
  if (quality.evenness < GUIDANCE_LIMITS.evenness) return 'more-light';
  if (Math.abs(quality.turn) > GUIDANCE_LIMITS.turn) return 'look-straight';
  if ((quality.eyesOpen ?? 1) < GUIDANCE_LIMITS.eyesOpen) return 'open-eyes';
  if (quality.sharpness < GUIDANCE_LIMITS.sharpness) return 'hold-still';
  return null;
}

function isBacklit({ brightness }: FaceQuality, light: FaceLight | undefined): boolean {
  const { backlit } = GUIDANCE_LIMITS;
  if (light === undefined || light.face === null || light.room === null) return false;
  return brightness < backlit.brightness && light.room > backlit.room * light.face;
}

/** What not everybody can do, or what a room does not allow: asked for a while, then let go. */
const MAY_BE_LET_GO: ReadonlySet<HintId> = new Set([
  'more-light',
  'less-light',
  'turn-from-light',
  'look-straight',
  'open-eyes',
  'uncover-face',
]);
/** Time to hear a sentence and to follow it. */
export const ASK_FOR_MS = 4_000;

/** How long one capture has asked for what; not everybody can open their eyes or turn their head. */
export class Patience {
  readonly #askedAtMs = new Map<HintId, number>();

  /** @returns the hint, or `null` when it was asked for long enough and the frame must do as it is */
  heed(hint: HintId | null, atMs: number): HintId | null {
    if (hint === null || !MAY_BE_LET_GO.has(hint)) return hint;
    const since = this.#askedAtMs.get(hint) ?? atMs;
    this.#askedAtMs.set(hint, since);
    return atMs - since < ASK_FOR_MS ? hint : null;
  }
}

/** What to say when no face could be used. */
export function hintForNotSeen(reason: NotAcquiredReason): HintId {
  switch (reason) {
    case 'many-faces':
      return 'one-person';
    case 'too-dark':
      return 'more-light';
    case 'too-small':
      return 'come-closer';
    case 'no-face':
    case 'unreadable-image':
      return 'look-at-camera';
  }
}

/** The hint on the glass, and the one that waits to replace it. Pure: keep it, feed every frame to {@link settleHint}. */
export interface SettledHint {
  readonly shown: HintId | null;
  readonly shownAtMs: number;
  readonly next: HintId | null;
  readonly nextSinceMs: number;
}

export const NO_HINT: SettledHint = {
  shown: null,
  shownAtMs: Number.NEGATIVE_INFINITY,
  next: null,
  nextSinceMs: Number.NEGATIVE_INFINITY,
};

/** A finding must last this long before it is told, so that one odd frame says nothing. */
const ADOPT_AFTER_MS = 400;
/** A sentence stays long enough to be heard to its end. */
const HOLD_MS = 1_500;

/**
 * Hysteresis: turns the hint of every frame into one that people can follow.
 * @param hint of this frame, `null` = good
 * @param atMs monotonic time of this frame
 */
export function settleHint(state: SettledHint, hint: HintId | null, atMs: number): SettledHint {
  if (hint === state.shown) return { ...state, next: hint, nextSinceMs: atMs };
  const waiting = hint === state.next ? state : { ...state, next: hint, nextSinceMs: atMs };
  const hasLasted = atMs - waiting.nextSinceMs >= ADOPT_AFTER_MS;
  const wasHeard = state.shown === null || atMs - state.shownAtMs >= HOLD_MS;
  return hasLasted && wasHeard ? { shown: hint, shownAtMs: atMs, next: hint, nextSinceMs: atMs } : waiting;
}
