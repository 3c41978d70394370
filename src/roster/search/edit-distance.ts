/**
 * Fewest letters to add, leave out, change or swap with the next so that `typed` becomes the beginning of `word` (optimal string alignment).
 * @param bound above it the answer is `bound + 1`: nothing further is computed
 */
export function prefixDistance(typed: string, word: string, bound: number): number {
  const width = Math.min(word.length, typed.length + bound);
  if (typed.length - width > bound) return bound + 1;
  let before: number[] = [];
  let above = Array.from({ length: width + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= width; column++) {
      const isSame = typed[row - 1] === word[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > bound) return bound + 1;
    before = above;
    above = current;
  }
  return Math.min(bound + 1, ...above);
}

/** How many letters may be wrong in a word of this length. */
export function boundFor(length: number): number {
  if (length < 4) return 0;
  return length < 7 ? 1 : 2;
}
