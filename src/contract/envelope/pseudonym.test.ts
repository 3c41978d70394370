import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { pseudonym } from './pseudonym.ts';

test('TB-MSG-030 the same person has one pseudonym a programme, and it does not lead back', () => {
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  expect(pseudonym(one, '9101200000017')).toBe(pseudonym(one, '9101200000017'));
  expect(pseudonym(one, '9101200000017')).not.toBe(pseudonym(other, '9101200000017'));
  expect(pseudonym(one, '9101200000017')).not.toBe(pseudonym(one, '9101200000025'));
  expect(pseudonym(one, '9101200000017')).toMatch(/^[\w-]{43}$/);
  const expected = createHmac('sha256', one).update('thuengban:citizen:v1:9101200000017').digest('base64url');
  expect(pseudonym(one, '9101200000017')).toBe(expected);
});
