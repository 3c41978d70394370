import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvField, parsePair } from './pairs.ts';

test.each([
  { line: 'a.jpg,b.jpg', pair: { reference: 'a.jpg', probe: 'b.jpg' } },
  { line: ' a b.jpg , c.jpg\r', pair: { reference: 'a b.jpg', probe: 'c.jpg' } },
  { line: '"a,1.jpg","b""2"".jpg"', pair: { reference: 'a,1.jpg', probe: 'b"2".jpg' } },
  { line: '', pair: undefined },
])('$line', ({ line, pair }) => {
  expect(parsePair(line, 2, 'pairs.csv')).toEqual(pair);
});

test('the header and a byte order mark on the first line are not a pair', () => {
  expect(parsePair('\uFEFFreference,probe', 1, 'pairs.csv')).toBeUndefined();
});

test.each(['a.jpg', 'a,b,c', 'a,', ',b', '"a,b', '"a"x,b'])('%s is refused with its line number', (line) => {
  expect(() => parsePair(line, 7, 'pairs.csv')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('pairs.csv line 7') }),
  );
});

test('what is written as fields is read back', () => {
  const path = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !/[\r\n]/.test(text));
  fc.assert(
    fc.property(path, path, (reference, probe) => {
      expect(parsePair(`${csvField(reference)},${csvField(probe)}`, 2, 'pairs.csv')).toEqual({ reference, probe });
    }),
  );
});
