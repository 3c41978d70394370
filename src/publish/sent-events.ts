import type { SignedAcknowledgement } from '../contract/down.ts';

type Gaps = SignedAcknowledgement['gaps'];

/** What was handed to the broker in this session and is not yet acknowledged, and when. */
export class SentEvents {
  readonly #at = new Map<number, number>();

  get size(): number {
    return this.#at.size;
  }

  clear(): void {
    this.#at.clear();
  }

  add(seq: number, nowMs: number): void {
    this.#at.set(seq, nowMs);
  }

  delete(seq: number): void {
    this.#at.delete(seq);
  }

  isYoungerThan(seq: number, ageMs: number, nowMs: number): boolean {
    const at = this.#at.get(seq);
    return at !== undefined && nowMs - at < ageMs;
  }

  /** @returns whether the server has something that it had not before */
  acknowledged(upto: number, gaps: Gaps): boolean {
    let isProgress = false;
    for (const seq of this.#at.keys())
      if (seq <= upto && !isWithin(gaps, seq)) {
        this.#at.delete(seq);
        isProgress = true;
      }
    return isProgress;
  }
}

/** @param gaps ascending, as every believed acknowledgement has them */
function isWithin(gaps: Gaps, seq: number): boolean {
  let [low, high] = [0, gaps.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = gaps[middle] ?? [0, 0];
    if (seq < first) high = middle - 1;
    else if (seq > last) low = middle + 1;
    else return true;
  }
  return false;
}
