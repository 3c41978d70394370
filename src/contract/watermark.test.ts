import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acknowledgementSchema, MAX_GAPS } from './down.ts';
import { isHeld, NOTHING_HELD, publishable, withHeld } from './watermark.ts';

const markOf = (seqs: readonly number[]) => seqs.reduce(withHeld, NOTHING_HELD);
const statement = (mark: ReturnType<typeof markOf>) => ({
  station: 'st-000001',
  epoch: 'e',
  ...mark,
  at: '2026-11-22T02:00:00.000Z',
});

test('TB-MSG-050 the watermark names exactly what is held, in whatever order it came', () => {
  const anySeqs = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 });
  fc.assert(
    fc.property(anySeqs, (seqs) => {
      const mark = markOf(seqs);
      const held = new Set(seqs);
      for (let seq = 0; seq <= 62; seq++) expect(isHeld(mark, seq)).toBe(held.has(seq));
      expect(markOf([...held].sort((a, b) => a - b))).toEqual(mark);
      expect(acknowledgementSchema.safeParse(statement(mark)).success).toBe(true);
    }),
  );
});

test('TB-MSG-051 with too many gaps it claims less, never more', () => {
  const odd = Array.from({ length: MAX_GAPS + 300 }, (_, n) => 2 * n + 2);
  const mark = markOf(odd);
  const cut = publishable(mark);
  expect(cut.gaps).toHaveLength(MAX_GAPS);
  expect(acknowledgementSchema.safeParse(statement(cut)).success).toBe(true);
  for (let seq = 1; seq <= mark.upto; seq++) if (isHeld(cut, seq)) expect(isHeld(mark, seq)).toBe(true);
  expect(cut.upto).toBe(2 * MAX_GAPS);
  expect(publishable(markOf([1, 2, 5]))).toEqual({ upto: 5, gaps: [[3, 4]] });
});
