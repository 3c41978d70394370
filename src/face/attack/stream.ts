import { createHash } from 'node:crypto';
import type { AttackPart } from '../../visit/types.ts';

/** A frame as it came, before anything was made of it. */
export interface StreamFrame {
  readonly jpeg: Uint8Array;
  readonly origin: { readonly camera: string; readonly device: string | null };
}

export type StreamReason =
  | 'well'
  | 'too-few-frames'
  /** A picture came back after others: no sensor does that. */
  | 'frame-came-back'
  /** One picture over and over. */
  | 'frozen'
  /** The face does not change by a bit from frame to frame. */
  | 'no-noise'
  /** Another device, or other dimensions, in the place of the camera. */
  | 'camera-swapped';

export interface StreamFinding {
  readonly part: AttackPart;
  readonly reason: StreamReason;
}

/** A whole capture has at least as many. */
const FEWEST_FRAMES = 3;
/** A driver may hand out a buffer twice when it was held up; more of the frames than this are not repeated by one. */
const MOST_REPEATED = 0.5;
/** Frames with a face of which so much is the same as before, and how many of them. */
const NO_NOISE = { share: 0.9, fewest: 3, ofFrames: 0.5 } as const;

/**
 * Looks for signs that frames do not come from the camera's sensor (injection, ISO/IEC 30107-1: an attack behind the capture
 * device). One for each visit: what was injected in the first attempt may come again in the second. Keeps hashes, no pictures.
 */
export class StreamWatch {
  readonly #seen = new Set<string>();
  #last: string | undefined;
  #frames = 0;
  #repeated = 0;
  #cameBack = false;
  #isSwapped = false;
  readonly #devices = new Map<string, string>();
  #compared = 0;
  #same = 0;

  /** Have enough frames come for a verdict? */
  get hasEnough(): boolean {
    return this.#frames >= FEWEST_FRAMES;
  }

  /** Every frame that is looked at, in its order. */
  add({ jpeg, origin }: StreamFrame): void {
    this.#frames++;
    const { shape, scan } = partsOf(jpeg);
    const hash = createHash('sha256').update(scan).digest('base64');
    if (hash === this.#last) this.#repeated++;
    else if (this.#seen.has(hash)) this.#cameBack = true;
    this.#seen.add(hash);
    this.#last = hash;
    // A second camera that takes over has a name of its own; under the same name the same device must go on.
    const identity = `${origin.device}/${shape}`;
    const before = this.#devices.get(origin.camera);
    if (before !== undefined && before !== identity) this.#isSwapped = true;
    this.#devices.set(origin.camera, identity);
  }

  /** @param same share of the face in this frame that is as in the frame before; `null` = not compared */
  addSameness(same: number | null): void {
    if (same === null) return;
    this.#compared++;
    if (same >= NO_NOISE.share) this.#same++;
  }

  /**
   * The part is required: a capture that goes on as guidance wants has many frames, and one that gave fewer than three is for
   * officers to look at.
   */
  finding(): StreamFinding {
    const reason = this.#reason();
    const verdict = reason === 'well' ? 'bona-fide' : reason === 'too-few-frames' ? 'not-run' : 'attack';
    return { reason, part: { id: 'stream', verdict, score: null, isRequired: true } };
  }

  #reason(): StreamReason {
    if (this.#isSwapped) return 'camera-swapped';
    if (this.#cameBack) return 'frame-came-back';
    if (!this.hasEnough) return 'too-few-frames';
    if (this.#repeated > MOST_REPEATED * (this.#frames - 1)) return 'frozen';
    const isStill = this.#same >= NO_NOISE.fewest && this.#same > NO_NOISE.ofFrames * this.#compared;
    return isStill ? 'no-noise' : 'well';
  }
}

const SOS = 0xda;

/**
 * Splits a JPEG at its scan (ITU-T T.81 §B.1.1.4): the coded picture, which a text or a time in the header does not change, and the
 * frame header with size and sampling. Quantisation tables are left out: cameras change them to keep their rate.
 */
function partsOf(jpeg: Uint8Array): { readonly shape: string; readonly scan: Uint8Array } {
  let shape = '';
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] as number;
    const length = ((jpeg[at + 2] as number) << 8) | (jpeg[at + 3] as number);
    if (marker >= 0xc0 && marker <= 0xc2) shape = Buffer.from(jpeg.subarray(at + 4, at + 2 + length)).toString('hex');
    at += 2 + length;
    if (marker === SOS) return { shape, scan: jpeg.subarray(at) };
  }
  return { shape: '', scan: jpeg };
}
