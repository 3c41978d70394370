const SOI = Buffer.from([0xff, 0xd8, 0xff]);
const EOI = Buffer.from([0xff, 0xd9]);
/** A 1080p JPEG at full quality is about 1.5 MB; what grows past this is not a picture. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a stream of concatenated JPEGs into frames. Entropy-coded data never holds FF D9 (ITU-T T.81 §B.1.1.5),
 * so the next EOI ends the frame; noise between frames and oversized frames are dropped.
 */
export class JpegSplitter {
  /** The end of a buffer that nobody else uses: not of Node's shared pool, so that it can be wiped. */
  #rest: Buffer = EMPTY;
  /** Where to go on looking for the EOI in `#rest`. */
  #searchFrom = 0;

  /** @returns the frames that `chunk` completed, oldest first */
  push(chunk: Uint8Array): Uint8Array[] {
    const joined = Buffer.allocUnsafeSlow(this.#rest.length + chunk.length);
    this.#rest.copy(joined);
    joined.set(chunk, this.#rest.length);
    this.#rest = joined;
    const frames: Uint8Array[] = [];
    for (;;) {
      const start = this.#rest.indexOf(SOI);
      if (start < 0) {
        // The last two bytes may be the beginning of a start marker.
        this.#cut(Math.max(0, this.#rest.length - 2));
        return frames;
      }
      if (start > 0) this.#cut(start);
      const end = this.#rest.indexOf(EOI, Math.max(SOI.length, this.#searchFrom));
      if (end < 0) {
        this.#searchFrom = Math.max(0, this.#rest.length - 1);
        if (this.#rest.length > MAX_FRAME_BYTES) this.#cut(this.#rest.length);
        return frames;
      }
      frames.push(Uint8Array.prototype.slice.call(this.#rest, 0, end + EOI.length));
      this.#cut(end + EOI.length);
    }
  }

  /** Overwrites what was not handed out, and begins anew: a camera that is switched off keeps no picture. */
  drop(): void {
    new Uint8Array(this.#rest.buffer).fill(0);
    this.#rest = EMPTY;
    this.#searchFrom = 0;
  }

  #cut(bytes: number): void {
    this.#rest = this.#rest.subarray(bytes);
    this.#searchFrom = 0;
  }
}
