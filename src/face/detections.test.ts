import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Detection, distinctFaces, mainFace, suppressOverlaps } from './detections.ts';

const face = (x: number, y: number, side: number, score = 0.9): Detection => ({
  box: { x, y, width: side, height: side },
  score,
});

test('of overlapping detections the best stays', () => {
  const best = face(0, 0, 100, 0.99);
  expect(suppressOverlaps([face(5, 5, 100, 0.8), best, face(300, 0, 100, 0.7)], 0.4)).toEqual([
    best,
    face(300, 0, 100, 0.7),
  ]);
});

test('what is kept never overlaps more than allowed', () => {
  const detection = fc
    .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 90 }))
    .map(([x, y, side]) => face(x, y, side));
  fc.assert(
    fc.property(fc.array(detection, { maxLength: 20 }), (found) => {
      const kept = suppressOverlaps(found, 0);
      expect(kept.length > 0).toBe(found.length > 0);
      for (const one of kept) {
        for (const other of kept) if (one !== other) expect(suppressOverlaps([one, other], 0)).toHaveLength(2);
      }
    }),
  );
});

test.each([
  { name: 'a person behind, far smaller', found: [face(0, 0, 100), face(300, 0, 40)], count: 1 },
  { name: 'a second person', found: [face(0, 0, 100), face(300, 0, 50)], count: 2 },
  { name: 'the same face found twice', found: [face(0, 0, 100), face(20, 20, 60)], count: 1 },
  { name: 'nobody', found: [], count: 0 },
])('$name: $count', ({ found, count }) => {
  expect(distinctFaces(found)).toHaveLength(count);
});

test('the subject is the large face near the middle, not the larger one at the edge', () => {
  const subject = face(100, 75, 100);
  expect(mainFace([face(-20, 120, 110), subject], 300, 250)).toBe(subject);
  expect(mainFace([], 300, 250)).toBeUndefined();
});
