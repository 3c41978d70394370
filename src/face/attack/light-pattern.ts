/**
 * What may be done to people's eyes. Changes come slower than three a second, so a pair of opposing ones, which is a flash
 * (WCAG 2.2, 2.3.1), at most 1.5 times; each is a ramp and not a step; the light is never dark and never above what is set.
 */
export const GENTLE = {
  /** Shares of the level that is set for the ring light. */
  darkest: 0.35,
  lightest: 1,
  shortestStepMs: 340,
  longestStepMs: 400,
  rampMs: 120,
} as const;

const STEPS = 5;
const LEVELS = 8;
/** Standard deviation of the levels: a pattern that hardly moves tells nothing. */
const LEAST_SPREAD = 0.2;

/** Levels of the ring light one after the other; shares of the level that is set, 0..1. */
export interface LightPattern {
  readonly steps: readonly { readonly level: number; readonly ms: number }[];
}

/**
 * A pattern that nobody can know before: one of some 20,000 orders of levels, each step of a length of its own. Neighbours may
 * be alike: patterns that always alternate resemble one another far more.
 * @param random 0 ≤ x < 1; from a cryptographic source
 */
export function makePattern(random: () => number): LightPattern {
  const { darkest, lightest, shortestStepMs, longestStepMs } = GENTLE;
  for (;;) {
    const levels: number[] = [];
    while (levels.length < STEPS) {
      levels.push(darkest + ((lightest - darkest) * Math.floor(random() * LEVELS)) / (LEVELS - 1));
    }
    const mean = levels.reduce((sum, level) => sum + level, 0) / STEPS;
    const spread = Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / STEPS);
    if (spread < LEAST_SPREAD) continue;
    const steps = levels.map((level) => ({
      level,
      ms: Math.round(shortestStepMs + (longestStepMs - shortestStepMs) * random()),
    }));
    return { steps };
  }
}

export function lengthMs({ steps }: LightPattern): number {
  return steps.reduce((sum, { ms }) => sum + ms, 0);
}

/** Share of the set level at a moment of the pattern; begins and ends at the whole of it, with ramps in between. */
export function shareAt({ steps }: LightPattern, elapsedMs: number): number {
  let before: number = GENTLE.lightest;
  let startMs = 0;
  for (const { level, ms } of [...steps, { level: GENTLE.lightest, ms: Number.POSITIVE_INFINITY }]) {
    if (elapsedMs < startMs + ms) {
      const part = Math.min(1, Math.max(0, (elapsedMs - startMs) / GENTLE.rampMs));
      return before + part * (level - before);
    }
    before = level;
    startMs += ms;
  }
  return before;
}
