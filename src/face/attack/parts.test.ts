import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttackPart, AttackVerdict } from '../../visit/types.ts';
import { fuseParts } from './parts.ts';

const part: fc.Arbitrary<AttackPart> = fc.record({
  id: fc.constantFrom('model', 'stream', 'challenge'),
  verdict: fc.constantFrom<AttackVerdict>('bona-fide', 'attack', 'not-run'),
  score: fc.option(fc.double()),
  isRequired: fc.boolean(),
});

describe('fused attack verdict', () => {
  test('is bona fide only when no part says attack, every required one ran, and at least one did', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const isClean =
          parts.every(({ verdict }) => verdict !== 'attack') &&
          parts.every(({ verdict, isRequired }) => !isRequired || verdict === 'bona-fide') &&
          parts.some(({ verdict }) => verdict === 'bona-fide');
        expect(fuseParts(parts) === 'bona-fide').toBe(isClean);
      }),
    );
  });

  test('one more part never makes it better', () => {
    const rank = { attack: 0, 'not-run': 1, 'bona-fide': 2 };
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), part, (parts, more) => {
        fc.pre(parts.some(({ verdict }) => verdict !== 'not-run'));
        expect(rank[fuseParts([...parts, more])]).toBeLessThanOrEqual(rank[fuseParts(parts)]);
      }),
    );
  });

  test.each(['attack', 'not-run', 'bona-fide'] as const)('a single required part that says %s', (verdict) => {
    expect(fuseParts([{ id: 'model', verdict, score: null, isRequired: true }])).toBe(verdict);
  });
});
