import { expect, test } from 'vitest';
import { fullVillageName } from './village-name.ts';

test.each([
  ['ตำบลตัวอย่าง', 'หมู่ 3 บ้านดอน ต.ตัวอย่าง'],
  ['ต.ตัวอย่าง', 'หมู่ 3 บ้านดอน ต.ตัวอย่าง'],
  ['ตัวอย่าง', 'หมู่ 3 บ้านดอน ต.ตัวอย่าง'],
  ['ตำบล', 'หมู่ 3 บ้านดอน ต.ตำบล'],
])('a village of %s is named with moo and tambon', (tambon, full) => {
  expect(fullVillageName({ code: '98010103', moo: 3, name: 'บ้านดอน', tambon })).toBe(full);
});

test('without a moo none is said, and a village that nobody has named is its code', () => {
  expect(fullVillageName({ code: '98010100', moo: 0, name: 'ตลาด', tambon: 'ตัวอย่าง' })).toBe('ตลาด ต.ตัวอย่าง');
  expect(fullVillageName({ code: '98010103', moo: 3, name: '98010103', tambon: '980101' })).toBe('98010103');
});
