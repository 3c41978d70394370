import { expect, test } from 'vitest';
import { mayBeNamed } from './same-name.ts';

const name = { given: 'ประภัสสร', family: 'ใจดี' };

test.each([
  ['นางสาวประภัสสร ใจดี', true],
  ['น.ส. ประพัสสร ไจดี', true],
  // Married, or with a new given name.
  ['นาง ประภัสสร สมมุติ', true],
  ['นางสาว กัญญา มาลี ใจดี', true],
  ['นาย สมชาย สมมุติ', false],
  ['', false],
])('"%s" may be the card of ประภัสสร ใจดี: %s', (onCard, may) => {
  expect(mayBeNamed(name, onCard)).toBe(may);
});

test('a list without a name says nothing against a card', () => {
  expect(mayBeNamed({ given: '', family: '' }, 'นาย สมชาย ใจดี')).toBe(true);
});
