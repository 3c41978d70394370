import sharp from 'sharp';
import { GRID } from './simulated-light.ts';

/** Read noise and, at white, shot noise of a cheap sensor indoors; grey levels, standard deviation. */
const READ_NOISE = 0.9;
const SHOT_NOISE = 1;
const NOISE_VALUES = 1 << 16;
/** Fixed point: factors and noise in 256ths. */
const ONE = 256;
const HALF = ONE / 2;
/** Share of the way to the wanted brightness that one frame takes: half a second at 15 frames a second. */
const EXPOSURE_PACE = 0.12;
const EXPOSURE_RANGE = { least: 0.5, most: 2 } as const;
/** Every so many bytes one is metered. */
const METER_STEP = 97;
const QUALITY = 85;

/** RGB, 8 bits. */
export interface Still {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Turns a lit still into frames as a sensor would: noise that never repeats, a picture that wanders a little, an exposure that follows. */
export class SimulatedSensor {
  readonly #width: number;
  readonly #height: number;
  /** One picture at a time, so one buffer does for all of them. */
  readonly #pixels: Buffer;
  readonly #noise: Int16Array;
  readonly #shot: Int32Array;
  #exposure = 1;
  #wanted: number | undefined;
  #x = 0.5;
  #y = 0.5;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#pixels = Buffer.alloc(width * height * 3);
    this.#noise = Int16Array.from({ length: NOISE_VALUES }, () => Math.round(normal() * ONE));
    this.#shot = Int32Array.from({ length: 256 }, (_, value) =>
      Math.round(ONE * Math.sqrt(READ_NOISE ** 2 + SHOT_NOISE ** 2 * (value / 255))),
    );
  }

  /** Another scene: the exposure is found anew. */
  reset(): void {
    this.#exposure = 1;
    this.#wanted = undefined;
  }

  /**
   * @param still at least as large as a frame  @param factors on the light grid, over the whole still
   * @returns JPEG
   */
  async frame(still: Still, factors: Float32Array, autoExposure: boolean): Promise<Buffer> {
    const pixels = this.#pixels;
    this.#wander();
    const left = Math.floor(this.#x * (still.width - this.#width));
    const top = Math.floor(this.#y * (still.height - this.#height));
    const gains = new Int32Array(this.#width);
    for (let y = 0; y < this.#height; y++) {
      gainsOfLine(gains, factors, still, left, top + y, ONE * this.#exposure);
      const from = ((top + y) * still.width + left) * 3;
      exposeLine(still.data, from, pixels, y * this.#width * 3, gains, this.#noise, this.#shot);
    }
    let metered = 0;
    for (let at = 0; at < pixels.length; at += METER_STEP) metered += pixels[at] as number;
    this.#expose(metered, autoExposure);
    const raw = { width: this.#width, height: this.#height, channels: 3 } as const;
    return sharp(pixels, { raw }).jpeg({ quality: QUALITY }).toBuffer();
  }

  #wander(): void {
    const step = (place: number) => Math.min(1, Math.max(0, place + 0.04 * (Math.random() - 0.5)));
    this.#x = step(this.#x);
    this.#y = step(this.#y);
  }

  #expose(metered: number, autoExposure: boolean): void {
    this.#wanted ??= metered;
    if (!autoExposure || metered === 0) return;
    const { least, most } = EXPOSURE_RANGE;
    const next = this.#exposure * (1 + EXPOSURE_PACE * (this.#wanted / metered - 1));
    this.#exposure = Math.min(most, Math.max(least, next));
  }
}

/** Factors of one line of the still, between those of the light grid around it, times the exposure. */
function gainsOfLine(
  gains: Int32Array,
  factors: Float32Array,
  still: Still,
  left: number,
  line: number,
  exposure: number,
): void {
  const row = (line / (still.height - 1)) * (GRID.rows - 1);
  const upper = Math.min(GRID.rows - 2, Math.floor(row));
  const down = row - upper;
  const step = (GRID.columns - 1) / (still.width - 1);
  const lineOf = (column: number) => {
    const at = upper * GRID.columns + column;
    return exposure * ((factors[at] as number) * (1 - down) + (factors[at + GRID.columns] as number) * down);
  };
  let column = -1;
  let near = 0;
  let far = 0;
  for (let x = 0; x < gains.length; x++) {
    const place = (left + x) * step;
    const next = Math.min(GRID.columns - 2, place | 0);
    if (next !== column) {
      column = next;
      near = lineOf(column);
      far = lineOf(column + 1);
    }
    gains[x] = near + (far - near) * (place - column);
  }
}

/** One line of a frame: each value by its gain, with noise by its brightness. By itself, for it runs 700 times a frame. */
function exposeLine(
  from: Uint8Array,
  start: number,
  to: Uint8Array,
  at: number,
  gains: Int32Array,
  noise: Int16Array,
  shot: Int32Array,
): void {
  const width = gains.length;
  let grain = (Math.random() * NOISE_VALUES) | 0;
  let read = start;
  let write = at;
  for (let x = 0; x < width; x++) {
    const gain = gains[x] as number;
    for (const end = write + 3; write < end; write++) {
      const grey = from[read++] as number;
      const rough = Math.imul(noise[grain++ & (NOISE_VALUES - 1)] as number, shot[grey] as number) >> 8;
      const seen = (Math.imul(grey, gain) + rough + HALF) >> 8;
      // An array that clamps by itself takes five times as long.
      to[write] = Math.min(255, Math.max(0, seen));
    }
  }
}

/** Box and Muller. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
