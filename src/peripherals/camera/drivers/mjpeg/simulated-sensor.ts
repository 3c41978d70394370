import sharp from 'sharp';
import { GRID } from './simulated-light.ts';

/** Read noise and, at white, shot noise of a cheap sensor indoors; grey levels, standard deviation. */
const READ_NOISE = 0.9;
const SHOT_NOISE = 1;
const NOISE_VALUES = 1 << 16;
/** Fixed point: factors and noise in 256ths. */
const ONE = 256;
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
  readonly #noise: Int16Array;
  readonly #shot: Int32Array;
  #exposure = 1;
  #wanted: number | undefined;
  #x = 0.5;
  #y = 0.5;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
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
    const pixels = new Uint8ClampedArray(this.#width * this.#height * 3);
    this.#wander();
    const left = Math.floor(this.#x * (still.width - this.#width));
    const top = Math.floor(this.#y * (still.height - this.#height));
    const gains = new Int32Array(this.#width);
    let metered = 0;
    for (let y = 0; y < this.#height; y++) {
      this.#gainsOf(gains, factors, still, left, top + y);
      let from = ((top + y) * still.width + left) * 3;
      let to = y * this.#width * 3;
      let grain = (Math.random() * NOISE_VALUES) | 0;
      for (let x = 0; x < this.#width; x++) {
        const gain = gains[x] as number;
        for (let channel = 0; channel < 3; channel++) {
          const value = still.data[from++] as number;
          grain = (grain + 1) & (NOISE_VALUES - 1);
          const noise = ((this.#noise[grain] as number) * (this.#shot[value] as number)) >> 8;
          pixels[to++] = (value * gain + noise + ONE / 2) >> 8;
        }
      }
    }
    for (let at = 0; at < pixels.length; at += METER_STEP) metered += pixels[at] as number;
    this.#expose(metered, autoExposure);
    const raw = { width: this.#width, height: this.#height, channels: 3 } as const;
    return sharp(Buffer.from(pixels.buffer), { raw }).jpeg({ quality: QUALITY }).toBuffer();
  }

  /** Factors of one line, by fours of grid places, times the exposure. */
  #gainsOf(gains: Int32Array, factors: Float32Array, still: Still, left: number, line: number): void {
    const row = (line / (still.height - 1)) * (GRID.rows - 1);
    const upper = Math.min(GRID.rows - 2, Math.floor(row));
    const down = row - upper;
    for (let x = 0; x < this.#width; x++) {
      const column = ((left + x) / (still.width - 1)) * (GRID.columns - 1);
      const near = Math.min(GRID.columns - 2, column | 0);
      const along = column - near;
      const at = upper * GRID.columns + near;
      const above = (factors[at] as number) * (1 - along) + (factors[at + 1] as number) * along;
      const below =
        (factors[at + GRID.columns] as number) * (1 - along) + (factors[at + GRID.columns + 1] as number) * along;
      gains[x] = ONE * this.#exposure * (above * (1 - down) + below * down);
    }
  }

  #wander(): void {
    const step = (place: number) => Math.min(1, Math.max(0, place + 0.08 * (Math.random() - 0.5)));
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

/** Box and Muller. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
