import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LAMPS, MAX_FLASH_HZ, momentOf, PATTERNS, type Step } from './patterns.ts';
import type { PatternName } from './port.ts';

const NAMES = Object.keys(PATTERNS) as PatternName[];

/** Every step of the first `ms` of a pattern, with its beginning: the player's walk, without time. */
function walk(name: PatternName, ms: number): { readonly atMs: number; readonly step: Step }[] {
  const steps: { atMs: number; step: Step }[] = [];
  for (let atMs: number | null = 0; atMs !== null && atMs < ms; ) {
    const { step, endsAtMs } = momentOf(PATTERNS[name], atMs);
    steps.push({ atMs, step });
    atMs = endsAtMs;
  }
  return steps;
}

test.each<{ name: PatternName; says: string }>([
  { name: 'off', says: '0 dark' },
  { name: 'go-on', says: '0 white' },
  { name: 'done', says: '0 green ♪587, 160 green, 200 green ♪880, 460 green' },
  { name: 'staff', says: '0 amber ♪523, 300 amber, 1000 dark, 2000 amber, 3000 dark, 4000 amber, 5000 dark' },
  {
    name: 'fault',
    says: '0 red ♪988, 250 dark ♪740, 500 red ♪988, 750 dark ♪740, 1000 red, 1250 dark, 1500 red, 1750 dark',
  },
])('$name', ({ name, says }) => {
  const words = walk(name, name === 'fault' ? 2_000 : 6_000).map(({ atMs, step: { lamps, tone } }) =>
    [atMs, lamps.join('+') || 'dark', ...(tone ? [`♪${tone.hz}`] : [])].join(' '),
  );
  expect(words.join(', ')).toBe(says);
});

test('the tones of success rise; the call for staff is one and soft; citizens never hear the chime of a fault', () => {
  const tones = (name: PatternName) => walk(name, 60_000).flatMap(({ step }) => (step.tone ? [step.tone] : []));
  const [first, second, ...more] = tones('done');
  expect(more).toEqual([]);
  expect(second?.hz).toBeGreaterThan(first?.hz ?? 0);
  expect(tones('staff')).toEqual([expect.objectContaining({ loudness: 'soft' })]);
  expect(tones('go-on')).toEqual([]);
  expect(PATTERNS.staff).not.toEqual(PATTERNS.fault);
});

test.each(NAMES)('%s never flashes above 3 Hz', (name) => {
  const steps = walk(name, 20_000);
  for (const lamp of LAMPS) {
    const rises = steps
      .filter(({ step }, i) => step.lamps.includes(lamp) && !steps[i - 1]?.step.lamps.includes(lamp))
      .map(({ atMs }) => atMs);
    for (const from of rises)
      expect(rises.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(MAX_FLASH_HZ);
  }
});

test('a tone lasts no longer than its step: one never covers the next', () => {
  for (const name of NAMES)
    for (const { step } of walk(name, 20_000)) if (step.tone) expect(step.tone.ms).toBeLessThanOrEqual(step.ms ?? 0);
});

test('any moment lies in its step, and the index never goes back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.double({ min: 0, max: 86_400_000, noNaN: true }),
      fc.double({ min: 0, max: 10_000, noNaN: true }),
      (name, at, later) => {
        const now = momentOf(PATTERNS[name], at);
        if (now.endsAtMs !== null) {
          expect(now.endsAtMs).toBeGreaterThan(at);
          expect(now.endsAtMs - at).toBeLessThanOrEqual(now.step.ms ?? 0);
        }
        expect(momentOf(PATTERNS[name], at + later).index).toBeGreaterThanOrEqual(now.index);
      },
    ),
  );
});
