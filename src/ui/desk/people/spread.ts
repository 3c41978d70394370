/** A mark on the map; 0..1 of the picture's width and height. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const ROUNDS = 300;

/**
 * Moves marks apart that would lie over each other, so that each can be touched; who has room stays near the own place.
 * @param spots where the villages are  @param size of the picture and of a mark (with its gap), one unit for both
 * @returns places of the marks' centres, 0..1, inside the picture
 */
export function spread(
  spots: readonly Spot[],
  size: { readonly width: number; readonly height: number; readonly mark: number },
): readonly Spot[] {
  const { width, height, mark } = size;
  const within = (value: number, most: number) =>
    Math.min(Math.max(value, mark / 2), Math.max(most - mark / 2, mark / 2));
  const places = fitted(spots, size);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const [i, one] of places.entries()) {
      for (const [j, other] of places.entries()) {
        if (j <= i) continue;
        const dx = other.x - one.x || 0.01 * (j - i);
        const dy = other.y - one.y || 0.01;
        const apart = Math.hypot(dx, dy);
        if (apart >= mark) continue;
        const push = (mark - apart) / 2 / apart;
        one.x = within(one.x - dx * push, width);
        one.y = within(one.y - dy * push, height);
        other.x = within(other.x + dx * push, width);
        other.y = within(other.y + dy * push, height);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return places.map(({ x, y }) => ({ x: x / width, y: y / height }));
}

/** Stretches the spots over the whole picture: the area shown is rarely the whole area. */
function fitted(
  spots: readonly Spot[],
  { width, height, mark }: { readonly width: number; readonly height: number; readonly mark: number },
): { x: number; y: number }[] {
  const range = (values: readonly number[]) => {
    const least = Math.min(...values);
    return { least, span: Math.max(...values) - least };
  };
  const xs = range(spots.map(({ x }) => x));
  const ys = range(spots.map(({ y }) => y));
  const place = (value: number, { least, span }: { least: number; span: number }, length: number) =>
    mark / 2 + (span > 0 ? (value - least) / span : 0.5) * Math.max(length - mark, 0);
  return spots.map(({ x, y }) => ({ x: place(x, xs, width), y: place(y, ys, height) }));
}
