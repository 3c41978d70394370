import type { PanelEmulator } from './emulator.ts';
import { tonesIn } from './tones.ts';
import { LAMP_NAMES, RING_PIN } from './wiring.ts';

/** Without a rise for longer than this the buzzer is silent, ms: the lowest tone has 31 Hz. */
const SILENCE_MS = 40;
/** The ring light's level is its share of time over this long, ms. */
const RING_WINDOW_MS = 100;
/** A change of the ring light that is told. */
const LEAST_RING_CHANGE = 0.02;

/** Tells what can be seen and heard on an emulated panel, as a bystander would. */
export class OutputWatch {
  readonly #emulator: PanelEmulator;
  readonly #tell: (line: string) => void;
  #ringLevel = 0;
  #ringAtMs = 0;
  #ringHighMs = 0;

  constructor(emulator: PanelEmulator, tell: (line: string) => void) {
    this.#emulator = emulator;
    this.#tell = tell;
    emulator.onEdge = ({ pin, level }) => {
      const lamp = LAMP_NAMES[pin];
      if (lamp !== undefined) tell(`lamp ${lamp} ${level === 1 ? 'on' : 'off'}`);
      // Nobody looks at them later.
      emulator.edges.length = 0;
    };
  }

  /** To be called often: ten times a second or more. */
  look(): void {
    this.#lookAtRing();
    this.#listen();
  }

  #lookAtRing(): void {
    const { ms } = this.#emulator;
    if (ms - this.#ringAtMs < RING_WINDOW_MS) return;
    const highMs = this.#emulator.highMs(RING_PIN);
    const level = (highMs - this.#ringHighMs) / (ms - this.#ringAtMs);
    [this.#ringAtMs, this.#ringHighMs] = [ms, highMs];
    if (Math.abs(level - this.#ringLevel) < LEAST_RING_CHANGE) return;
    this.#ringLevel = level;
    this.#tell(`ring light ${Math.round(level * 100)} %`);
  }

  /** Tones are told when all is silent again. */
  #listen(): void {
    const { buzzes, ms } = this.#emulator;
    if (buzzes.length === 0 || ms - (buzzes.at(-1) ?? 0) < SILENCE_MS) return;
    const tones = tonesIn(buzzes);
    buzzes.length = 0;
    for (const { hz, ms: lasts } of tones) this.#tell(`buzzer ${Math.round(hz)} Hz, ${Math.round(lasts)} ms`);
  }
}
