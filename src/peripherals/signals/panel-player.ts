import { type Lamp, momentOf, PATTERNS, type Tone } from './patterns.ts';
import type { PatternName } from './port.ts';

/** What a player drives. */
export interface PanelOutputs {
  /** Lights these lamps and darkens all others. */
  light(lamps: readonly Lamp[]): void;
  /** @param tone `null` = silence */
  sound(tone: Tone | null): void;
  /** @param level 0..1 */
  ring(level: number): void;
}

/** Plays patterns in time on outputs that come and go, and remembers the ring light's level for them. */
export class PanelPlayer {
  #outputs: PanelOutputs | undefined;
  #name: PatternName = 'off';
  #level = 0;
  #beganAt = performance.now();
  #playedIndex = -1;
  #timer: NodeJS.Timeout | undefined;

  show(name: PatternName): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#beganAt = performance.now();
    this.#playedIndex = -1;
    // The pattern before may be cut short in its tone.
    this.#outputs?.sound(null);
    this.#play();
  }

  ring(level: number): void {
    // Also what is no number at all is dark.
    this.#level = level > 0 ? Math.min(1, level) : 0;
    this.#outputs?.ring(this.#level);
  }

  /** Goes on where the pattern stands now; a tone whose moment has passed is not made up for. */
  connect(outputs: PanelOutputs): void {
    this.#outputs = outputs;
    const { step, index } = this.#moment();
    this.#playedIndex = index;
    outputs.light(step.lamps);
    outputs.ring(this.#level);
    this.#play();
  }

  disconnect(): void {
    clearTimeout(this.#timer);
    this.#outputs = undefined;
  }

  #moment() {
    return momentOf(PATTERNS[this.#name], performance.now() - this.#beganAt);
  }

  #play(): void {
    clearTimeout(this.#timer);
    if (this.#outputs === undefined) return;
    const { step, index, endsAtMs } = this.#moment();
    if (index !== this.#playedIndex) {
      this.#playedIndex = index;
      this.#outputs.light(step.lamps);
      if (step.tone) this.#outputs.sound(step.tone);
    }
    if (endsAtMs === null) return;
    const waitMs = Math.ceil(this.#beganAt + endsAtMs - performance.now());
    this.#timer = setTimeout(() => this.#play(), Math.max(1, waitMs));
  }
}
