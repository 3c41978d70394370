import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAcknowledgement } from './acknowledgement.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a watermark with gaps is read; unknown fields are ignored', () => {
  const text = '{"epoch":"e","upto":7,"gaps":[[2,3]],"quarantined":[],"rateHint":5}';
  expect(parseAcknowledgement(bytes(text))).toEqual({ epoch: 'e', upto: 7, gaps: [[2, 3]] });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"epoch":"e"}',
  '{"epoch":"","upto":1}',
  '{"epoch":"e","upto":-1}',
  '{"epoch":"e","upto":1.5}',
  '{"epoch":"e","upto":1,"gaps":[[0,1]]}',
])('refuses %j', (text) => expect(parseAcknowledgement(bytes(text))).toBeUndefined());

test('whatever comes, it is an acknowledgement or undefined', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(bytes)), (payload) => {
      const read = parseAcknowledgement(payload);
      if (read) expect(read.upto).toBeGreaterThanOrEqual(0);
    }),
  );
});
