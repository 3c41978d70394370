import { area, type Box, overlapArea } from './geometry.ts';
import { type FivePoints, interEyeDistance } from './landmarks.ts';

/** One face as the detector saw it, pixels of the picture. */
export interface Detection {
  readonly box: Box;
  /** Detection score, 0..1; not a comparison score. */
  readonly score: number;
  /** Where the detector gives them. */
  readonly points?: FivePoints;
}

/** A second face this much of the first one's area is a second person, not a passer-by (ISO/IEC 29794-5, single face). */
const SECOND_FACE_SHARE = 0.2;
/** A box that lies mostly inside a larger one is the same face found twice. */
const SAME_FACE_SHARE = 0.5;

/** Whether a detection can be worked with: a box with an area, and eyes that are not one point. */
export function isSound({ box, points }: Detection): boolean {
  const isBox = box.width > 0 && box.height > 0 && Number.isFinite(box.x + box.y + box.width + box.height);
  return isBox && (points === undefined || interEyeDistance(points) > 0);
}

/** Keeps the best of overlapping detections (non-maximum suppression), best first. */
export function suppressOverlaps(found: readonly Detection[], maxIou: number): readonly Detection[] {
  const kept: Detection[] = [];
  for (const one of found.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => iou(one.box, other.box) <= maxIou)) kept.push(one);
  }
  return kept;
}

/** Largest first, without boxes inside a larger face and without faces too small to be a second person. */
export function distinctFaces(found: readonly Detection[]): readonly Detection[] {
  const bySize = found.toSorted((a, b) => area(b.box) - area(a.box));
  const first = bySize[0];
  if (first === undefined) return [];
  const kept: Detection[] = [];
  for (const one of bySize) {
    const size = area(one.box);
    if (one !== first && size <= SECOND_FACE_SHARE * area(first.box)) continue;
    if (kept.some((other) => overlapArea(one.box, other.box) > SAME_FACE_SHARE * size)) continue;
    kept.push(one);
  }
  return kept;
}

/** The face the picture is of: large and near the middle. */
export function mainFace(faces: readonly Detection[], width: number, height: number): Detection | undefined {
  const weight = ({ box }: Detection) => {
    const away = Math.hypot((box.x + box.width / 2) / width - 0.5, (box.y + box.height / 2) / height - 0.5);
    return area(box) * Math.max(0, 1 - 2 * away);
  };
  return faces.toSorted((a, b) => weight(b) - weight(a))[0];
}

function iou(one: Box, other: Box): number {
  const both = overlapArea(one, other);
  return both === 0 ? 0 : both / (area(one) + area(other) - both);
}
