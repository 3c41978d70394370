import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixDistance } from './edit-distance.ts';
import { findPeople, indexPeople } from './find-people.ts';
import { foldThai } from './fold-thai.ts';

const person = (entry: string, given: string, family: string, house: string | null = null, village = '98010101') => ({
  entries: [entry],
  name: { given, family },
  house,
  village,
});
const PEOPLE = [
  person('e-1', 'สมชาย', 'ใจดี', '12'),
  person('e-2', 'ศรีสุดา', 'ทองใบ', '12/3'),
  person('e-3', 'จันทร์เพ็ญ', 'วงศ์สุวรรณ', '7', '98010102'),
  person('e-4', 'พรรณี', 'ณรงค์ฤทธิ์', '120'),
  person('e-5', 'ไชยา', 'สิทธิโชค', '9', '98010102'),
  person('e-6', 'สมหมาย', 'ใจดี', '15'),
  person('e-7', 'ทองดำ', 'แก้วกล้า', null),
];
const index = indexPeople(
  PEOPLE,
  new Map([
    ['98010101', 'บ้านหนองกระทุ่ม'],
    ['98010102', 'บ้านโคกสะแก'],
  ]),
);
const found = (text: string) => findPeople(index, text, 10).map(({ entries }) => entries[0]);

test.each<[string, string]>([
  ['สมชาย', 'e-1'],
  ['นายสมชาย ใจดี', 'e-1'],
  ['น.ส.ศรีสุดา', 'e-2'],
  ['นางสาว สีสุดา', 'e-2'],
  ['ซรีสุดา', 'e-2'],
  ['สรีสุดา ทองไบ', 'e-2'],
  ['จันเพ็ญ', 'e-3'],
  ['จันทรเพ็ญ', 'e-3'],
  ['จันเพ็น', 'e-3'],
  ['วงสุวรรณ', 'e-3'],
  ['วงค์สุวรรน', 'e-3'],
  ['พันณี', 'e-4'],
  ['พรรนี', 'e-4'],
  ['ณรงฤทธิ์', 'e-4'],
  ['นรงค์ริด', 'e-4'],
  ['ชัยยา', 'e-5'],
  ['สิทธิ', 'e-5'],
  ['สิทิโชก', 'e-5'],
  ['ทองดํา', 'e-7'],
  ['ทองดัม', 'e-7'],
  ['แกวกลา', 'e-7'],
  ['เเก้ว', 'e-7'],
  ['สมชายใจดี', 'e-1'],
  ['ใจดี สมหมาย', 'e-6'],
  ['ใจดี ๑๕', 'e-6'],
  ['12/3', 'e-2'],
  ['E-5', 'e-5'],
])('%s finds %s first', (text, entry) => {
  expect(found(text)[0]).toBe(entry);
});

test('every word must fit, the nearest stands first, villages from four letters on, and nonsense finds nobody', () => {
  expect(found('สมชาย ทองใบ')).toEqual([]);
  expect(found('ใจดี')).toEqual(['e-1', 'e-6']);
  expect(found('12')).toEqual(['e-1', 'e-4', 'e-2'].sort((a, b) => (a === 'e-1' ? -1 : b === 'e-1' ? 1 : 0)));
  expect(found('โคกสะแก').sort()).toEqual(['e-3', 'e-5']);
  expect(found('บ้านโคกสะแก ไชยา')).toEqual(['e-5']);
  expect(found('โคก')).toEqual([]);
  expect(found('นาย')).toEqual([]);
  for (const text of ['', '   ', '...', 'กกกกกกกก', 'xyzzy']) expect(found(text)).toEqual([]);
});

test('folding twice is folding once; whatever is typed, it answers; every name finds its owner', () => {
  const thai = fc.string({
    unit: fc.integer({ min: 0x0e01, max: 0x0e5b }).map((letter) => String.fromCharCode(letter)),
    maxLength: 14,
  });
  fc.assert(
    fc.property(thai, (text) => {
      findPeople(index, text, 5);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => findPeople(index, text, 5).length <= 5));
  for (const { entries, name } of PEOPLE) {
    expect(found(`${name.given} ${name.family}`)[0]).toBe(entries[0]);
    expect(foldThai(foldThai(name.given))).toBe(foldThai(name.given));
  }
});

test('the distance to the beginning of a word is the least number of letters that are wrong', () => {
  expect(prefixDistance('สมชาย', 'สมชายใจดี', 2)).toBe(0);
  expect(prefixDistance('abdc', 'abcde', 2)).toBe(1);
  expect(prefixDistance('xbcd', 'abcde', 2)).toBe(1);
  expect(prefixDistance('abcd', 'wxyz', 2)).toBe(3);
  expect(prefixDistance('abcdef', 'ab', 2)).toBe(3);
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const far = prefixDistance(a, b, 8);
      // A tighter bound never changes an answer within it.
      for (const bound of [0, 1, 2, 3]) expect(prefixDistance(a, b, bound)).toBe(Math.min(far, bound + 1));
      expect(prefixDistance(a, a + b, 0)).toBe(0);
    }),
  );
});
