import { expect, test } from 'vitest';
import { AnswerMemory } from './answer-memory.ts';
import type { ChallengeFinding } from './challenge.ts';

const finding = (answer: number | null, change: Partial<ChallengeFinding> = {}): ChallengeFinding => ({
  verdict: 'bona-fide',
  reason: 'answers-like-a-face',
  answer,
  shape: 0.3,
  lagMs: 100,
  ...change,
});

test('a place is known after four answers, by the weakest of them, for an hour', () => {
  const memory = new AnswerMemory();
  for (const [at, answer] of [0.6, 0.5, 0.4].entries()) memory.add(finding(answer), at);
  expect(memory.least(3)).toBeNull();
  memory.add(finding(0.2), 4);
  expect(memory.least(5)).toBeCloseTo(0.02);
  expect(memory.least(3_600_003)).toBeNull();
});

test('attacks and silence teach nothing; a weak answer does', () => {
  const memory = new AnswerMemory();
  for (let at = 0; at < 9; at++) {
    memory.add(finding(0.5, { verdict: 'attack', reason: 'answers-flat' }), at);
    memory.add(finding(0.01, { verdict: 'not-run', reason: 'ring-not-seen' }), at);
    memory.add(finding(null), at);
  }
  expect(memory.least(9)).toBeNull();
  for (let at = 0; at < 4; at++) memory.add(finding(0.04, { verdict: 'not-run', reason: 'shape-not-seen' }), at);
  expect(memory.least(9)).toBeCloseTo(0.004);
});
