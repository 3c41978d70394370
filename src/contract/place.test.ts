import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgePlace, type Place } from './place.ts';

const hash = (seq: number) => `hash-${seq}`;
const place = (seq: number, changes: Partial<Place> = {}): Place => ({
  station: 'st-000001',
  epoch: 'e',
  seq,
  prev: seq === 1 ? null : hash(seq - 1),
  hash: hash(seq),
  ...changes,
});

/** Takes events in the order given, as an ingest does. */
function take(places: readonly Place[]) {
  const held = new Map<number, Place>();
  return places.map((event) => {
    const verdict = judgePlace(event, {
      same: held.get(event.seq)?.hash,
      before: held.get(event.seq - 1)?.hash,
      afterPrev: held.get(event.seq + 1)?.prev ?? undefined,
    });
    if (verdict === 'new') held.set(event.seq, event);
    return typeof verdict === 'string' ? verdict : verdict.code;
  });
}

test('TB-MSG-040 TB-MSG-041 a whole chain in any order, any of it twice, is taken once', () => {
  const anyOrder = fc.shuffledSubarray([...Array.from({ length: 12 }, (_, n) => n + 1)], { minLength: 12 });
  fc.assert(
    fc.property(anyOrder, anyOrder, (once, again) => {
      const verdicts = take([...once, ...again].map((seq) => place(seq)));
      expect(verdicts).toEqual([...once.map(() => 'new'), ...again.map(() => 'duplicate')]);
    }),
  );
});

test('TB-MSG-042 another event at the same place is a fork, first and last of the chain included', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), (seq) => {
      const chain = [1, 2, 3, 4, 5].map((n) => place(n));
      expect(take([...chain, place(seq, { hash: 'other' })]).at(-1)).toBe('fork');
    }),
  );
});

test.each<{ name: string; order: Place[] }>([
  { name: 'the second does not follow the first', order: [place(1), place(2, { prev: 'other' })] },
  {
    name: 'the first came last and is not the one that the second names',
    order: [place(2), place(1, { hash: 'other' })],
  },
  { name: 'a first event that names one before it', order: [place(1, { prev: 'other' })] },
  { name: 'a later event that names none', order: [place(2, { prev: null })] },
  { name: 'between two that fit, one that does not', order: [place(1), place(3), place(2, { hash: 'other' })] },
])('TB-MSG-043 chain-broken: $name', ({ order }) => expect(take(order).at(-1)).toBe('chain-broken'));
