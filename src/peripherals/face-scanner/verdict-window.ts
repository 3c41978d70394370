import type { AttackVerdict } from '../../visit/types.ts';
import type { ScannerBox, ScannerVerdict } from './port.ts';

/** A frame that takes part in the comparison. */
export interface ComparedFrame {
  /** Monotonic, ms: the clock of {@link ScannerVerdict}. */
  readonly atMs: number;
  /** Face box in the frame, parts of its width and height. */
  readonly box: ScannerBox;
}

/** Least intersection over union: two detectors frame one face alike (above 0.6), two faces side by side do not (0). */
export const LEAST_OVERLAP = 0.4;

/**
 * Was this frame taken while the module judged, and of the face that it judged? Without a box (another lens) only the
 * time can be compared.
 */
export function isInWindow(verdict: ScannerVerdict, frame: ComparedFrame): boolean {
  if (!(frame.atMs >= verdict.startMs && frame.atMs <= verdict.endMs)) return false;
  return verdict.box === null || overlap(verdict.box, frame.box) >= LEAST_OVERLAP;
}

/**
 * The module's verdict over one capture. One attack is an attack; bona fide only when every compared frame lies in the
 * window of a bona fide verdict, so that nothing can be shown to one lens and compared from the other.
 */
export function verdictOver(verdicts: readonly ScannerVerdict[], frames: readonly ComparedFrame[]): AttackVerdict {
  if (verdicts.some(({ kind }) => kind === 'attack')) return 'attack';
  const bonaFide = verdicts.filter(({ kind }) => kind === 'bona-fide');
  const isCovered = (frame: ComparedFrame) => bonaFide.some((verdict) => isInWindow(verdict, frame));
  return frames.length > 0 && frames.every(isCovered) ? 'bona-fide' : 'not-run';
}

/** Between two judgements of one running series lie two short commands; in less than this nobody changes places, ms. */
export const SERIES_GAP_MS = 100;

/**
 * Bona fide verdicts that follow each other without a break become windows without a gap, so that a frame taken between two
 * judgements of the same presentation is covered too.
 * @param verdicts of one series, in order
 */
export function joinWindows(verdicts: readonly ScannerVerdict[]): readonly ScannerVerdict[] {
  return verdicts.map((verdict, index) => {
    const before = verdicts[index - 1];
    const isSeries = before?.kind === 'bona-fide' && verdict.kind === 'bona-fide';
    const gapMs = before ? verdict.startMs - before.endMs : 0;
    return isSeries && gapMs > 0 && gapMs <= SERIES_GAP_MS ? { ...verdict, startMs: before.endMs } : verdict;
  });
}

/** Intersection over union of two boxes, 0..1; 0 for boxes without area or with anything but numbers. */
export function overlap(one: ScannerBox, other: ScannerBox): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  const union = one.width * one.height + other.width * other.height - shared;
  return shared > 0 && union > 0 ? Math.min(1, shared / union) : 0;
}

/** A box in pixels as parts of the picture; `null` where the size is unknown or the box is no box. */
export function boxInPicture(
  pixels: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  picture: { readonly width: number; readonly height: number } | null,
): ScannerBox | null {
  if (picture === null) return null;
  const { left, top, right, bottom } = pixels;
  if (left < 0 || top < 0 || right <= left || bottom <= top || right > picture.width || bottom > picture.height) {
    return null;
  }
  return {
    x: left / picture.width,
    y: top / picture.height,
    width: (right - left) / picture.width,
    height: (bottom - top) / picture.height,
  };
}
