/** A place in a picture, pixels, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle, pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture scaled to fit inside a canvas without changing its shape; the rest of the canvas stays empty. */
export interface Letterbox {
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Scale, turn and shift: `x' = a·x − b·y + tx`, `y' = b·x + a·y + ty`. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** Where a `width`×`height` picture lies, centred, in a canvas. Stretching instead loses one chip photo in a thousand. */
export function letterbox(width: number, height: number, canvasWidth: number, canvasHeight: number): Letterbox {
  const scale = Math.min(canvasWidth / width, canvasHeight / height);
  const innerWidth = Math.max(1, Math.round(width * scale));
  const innerHeight = Math.max(1, Math.round(height * scale));
  return {
    width: innerWidth,
    height: innerHeight,
    offsetX: Math.floor((canvasWidth - innerWidth) / 2),
    offsetY: Math.floor((canvasHeight - innerHeight) / 2),
  };
}

/** The square of side `scale`·`side` around the middle of `box`. */
export function squareAround(box: Box, side: number, scale: number): Box {
  const length = side * scale;
  return {
    x: box.x + (box.width - length) / 2,
    y: box.y + (box.height - length) / 2,
    width: length,
    height: length,
  };
}

/** Leaves everything where it is. */
export const IDENTITY: Similarity = { a: 1, b: 0, tx: 0, ty: 0 };

export function area(box: Box): number {
  return Math.max(0, box.width) * Math.max(0, box.height);
}

export function overlapArea(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

/**
 * The similarity that brings `from` closest to `to` in the least-squares sense (all points weigh the same).
 * @throws Error when there are fewer than two distinct points, or the lists differ in length
 */
export function similarityBetween(from: readonly Point[], to: readonly Point[]): Similarity {
  if (from.length !== to.length || from.length < 2) throw new Error('similarity needs two equal lists of points');
  const centreFrom = centre(from);
  const centreTo = centre(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  from.forEach((point, index) => {
    const target = to[index] as Point;
    const x = point.x - centreFrom.x;
    const y = point.y - centreFrom.y;
    const u = target.x - centreTo.x;
    const v = target.y - centreTo.y;
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  });
  if (spread === 0) throw new Error('similarity needs two distinct points');
  const a = along / spread;
  const b = across / spread;
  return {
    a,
    b,
    tx: centreTo.x - a * centreFrom.x + b * centreFrom.y,
    ty: centreTo.y - b * centreFrom.x - a * centreFrom.y,
  };
}

export function applySimilarity({ a, b, tx, ty }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + tx, y: b * x + a * y + ty };
}

/** First `inner`, then `outer`. */
export function composeSimilarities(outer: Similarity, inner: Similarity): Similarity {
  return {
    a: outer.a * inner.a - outer.b * inner.b,
    b: outer.b * inner.a + outer.a * inner.b,
    tx: outer.a * inner.tx - outer.b * inner.ty + outer.tx,
    ty: outer.b * inner.tx + outer.a * inner.ty + outer.ty,
  };
}

/** @throws Error when the similarity squeezes everything into one point */
export function invertSimilarity({ a, b, tx, ty }: Similarity): Similarity {
  const size = a * a + b * b;
  if (size === 0) throw new Error('this similarity has no inverse');
  return { a: a / size, b: -b / size, tx: -(a * tx + b * ty) / size, ty: (b * tx - a * ty) / size };
}

export function centre(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}
