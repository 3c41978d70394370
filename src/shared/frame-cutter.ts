/** Bytes of one frame follow each other; a pause longer than this means that the rest of a frame was lost, ms. */
export const FRAME_GAP_MS = 200;

/**
 * Collects bytes and cuts frames out of them, whatever came before, between or instead of them. Protocols differ only
 * in `cut`. Keeps at most one frame and a chunk.
 */
export class FrameCutter<Frame> {
  readonly #cut: (bytes: Uint8Array) => Cut<Frame>;
  #bytes = new Uint8Array(0);
  #lastMs = Number.NEGATIVE_INFINITY;
  #skipped = 0;

  /** @param cut looks at the bytes so far: a frame at their beginning (a copy), how many to skip, or "more is needed" */
  constructor(cut: (bytes: Uint8Array) => Cut<Frame>) {
    this.#cut = cut;
  }

  /** Bytes that belonged to no whole frame so far: noise and broken frames. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Bytes of a frame that is not yet whole. */
  get pending(): number {
    return this.#bytes.length;
  }

  /**
   * @param atMs monotonic time at which the chunk came
   * @returns the frames that are now whole, oldest first
   */
  push(chunk: Uint8Array, atMs: number): readonly Frame[] {
    // The beginning of a frame that stopped is no beginning; what follows it may hold a whole frame.
    if (this.#bytes.length > 0 && atMs - this.#lastMs > FRAME_GAP_MS) this.#skip(1);
    this.#lastMs = atMs;
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#keep(joined);
    const frames: Frame[] = [];
    while (this.#bytes.length > 0) {
      const cut = this.#cut(this.#bytes);
      if (cut.kind === 'more') break;
      if (cut.kind === 'skip') this.#skip(cut.bytes);
      else {
        frames.push(cut.frame);
        this.#keep(this.#bytes.slice(cut.bytes));
      }
    }
    return frames;
  }

  #skip(bytes: number): void {
    this.#skipped += bytes;
    this.#keep(this.#bytes.slice(bytes));
  }

  /** Wipes what it held: a frame may carry somebody's photo. */
  #keep(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes.fill(0);
    this.#bytes = bytes;
  }
}

export type Cut<Frame> =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly bytes: number }
  /** The first bytes belong to no frame; at least 1. */
  | { readonly kind: 'skip'; readonly bytes: number }
  | { readonly kind: 'more' };
