import type { PatternName } from './port.ts';

/** From the top down: white is a light of its own above the tower. */
export type Lamp = 'white' | 'green' | 'amber' | 'red';
export const LAMPS: readonly Lamp[] = ['white', 'green', 'amber', 'red'];

export interface Tone {
  readonly hz: number;
  readonly ms: number;
  /** `soft` for what only the person in front needs to hear. */
  readonly loudness: 'soft' | 'full';
}

/** One state of the lamps, and a tone that begins with it. */
export interface Step {
  readonly lamps: readonly Lamp[];
  readonly tone: Tone | null;
  /** `null` = until another pattern is shown; the last step only. */
  readonly ms: number | null;
}

/** The opening is played once, then the loop over and over. */
export interface Pattern {
  readonly opening: readonly Step[];
  readonly loop: readonly Step[];
}

const light = (lamps: readonly Lamp[], ms: number | null): Step => ({ lamps, ms, tone: null });
const chime = (lamps: readonly Lamp[], hz: number, ms: number, loudness: Tone['loudness']): Step => ({
  lamps,
  ms,
  tone: { hz, ms, loudness },
});

/** Flashing faster than three times a second may start a seizure (WCAG 2.2, 2.3.1): no pattern comes near it. */
export const MAX_FLASH_HZ = 3;

/**
 * Lamp and sound by state. Negative results have no pattern of their own: they are `staff`, as calm as any other call for
 * help; `fault` is for the operator and is never about the person in front.
 */
export const PATTERNS: Readonly<Record<PatternName, Pattern>> = {
  off: { opening: [], loop: [light([], null)] },
  'go-on': { opening: [], loop: [light(['white'], null)] },
  // D5 to A5: two rising tones, a fifth apart.
  done: {
    opening: [chime(['green'], 587, 160, 'full'), light(['green'], 40), chime(['green'], 880, 260, 'full')],
    loop: [light(['green'], null)],
  },
  // 0.5 Hz, a breath's pace.
  staff: {
    opening: [chime(['amber'], 523, 300, 'soft'), light(['amber'], 700), light([], 1_000)],
    loop: [light(['amber'], 1_000), light([], 1_000)],
  },
  // 2 Hz; the chime falls and repeats, unlike the two tones of a citizen's success.
  fault: {
    opening: [
      chime(['red'], 988, 250, 'full'),
      chime([], 740, 250, 'full'),
      chime(['red'], 988, 250, 'full'),
      chime([], 740, 250, 'full'),
    ],
    loop: [light(['red'], 250), light([], 250)],
  },
};

/** Where a pattern stands. */
export interface Moment {
  readonly step: Step;
  /** Counts the steps since the pattern began, from 0. */
  readonly index: number;
  /** When the next step is due, ms after the beginning; `null` = never. */
  readonly endsAtMs: number | null;
}

/** The step of `pattern` that is current `elapsedMs` after it began (0 or more). */
export function momentOf(pattern: Pattern, elapsedMs: number): Moment {
  let at = 0;
  let index = 0;
  for (const step of pattern.opening) {
    const endsAtMs = at + (step.ms ?? Number.POSITIVE_INFINITY);
    if (elapsedMs < endsAtMs) return { step, index, endsAtMs: step.ms === null ? null : endsAtMs };
    at = endsAtMs;
    index++;
  }
  const roundMs = pattern.loop.reduce((sum, step) => sum + (step.ms ?? Number.POSITIVE_INFINITY), 0);
  const rounds = Math.floor((elapsedMs - at) / roundMs);
  if (Number.isFinite(roundMs)) at += rounds * roundMs;
  index += rounds * pattern.loop.length;
  for (const step of pattern.loop) {
    if (step.ms === null) return { step, index, endsAtMs: null };
    if (elapsedMs < at + step.ms) return { step, index, endsAtMs: at + step.ms };
    at += step.ms;
    index++;
  }
  throw new Error('a pattern needs a loop');
}
