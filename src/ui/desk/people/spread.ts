/** A mark on the map; 0..1 of the picture's width and height. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const ROUNDS = 300;
/** Villages on one spot start as a small spiral, so that they part in all directions; the golden angle, and its step. */
const GOLDEN = 2.4;
const TURN = 0.5;

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
        const dx = other.x - one.x;
        const dy = other.y - one.y;
        // Marks are square: they are apart as soon as they are on one axis, and the nearer way out is taken.
        const overlap = mark - Math.max(Math.abs(dx), Math.abs(dy));
        if (overlap <= 0.01) continue;
        const isAcross = Math.abs(dx) >= Math.abs(dy);
        const push = (overlap / 2) * ((isAcross ? dx : dy) < 0 ? -1 : 1);
        if (isAcross) {
          one.x = within(one.x - push, width);
          other.x = within(other.x + push, width);
        } else {
          one.y = within(one.y - push, height);
          other.y = within(other.y + push, height);
        }
        moved = true;
      }
    }
    if (!moved) break;
  }
  return places.map(({ x, y }) => ({ x: within(x, width) / width, y: within(y, height) / height }));
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
  return spots.map(({ x, y }, i) => ({
    x: place(x, xs, width) + TURN * Math.sqrt(i) * Math.cos(i * GOLDEN),
    y: place(y, ys, height) + TURN * Math.sqrt(i) * Math.sin(i * GOLDEN),
  }));
}
