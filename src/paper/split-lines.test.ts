import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines } from './split-lines.ts';

const widthOf = (text: string) => [...new Intl.Segmenter('th').segment(text)].length;
const split = (text: string, width: number) => splitLines(text, width, widthOf);

test('Thai breaks between words, Latin at spaces, numbers and codes not at all', () => {
  expect(split('กรุณาทำบัตรใหม่ที่อำเภอ', 9)).toEqual(['กรุณาทำบัตร', 'ใหม่ที่อำเภอ']);
  expect(split('Please get a new card', 10)).toEqual(['Please get', 'a new card']);
  expect(split('โทร 0 2000 0000', 12)).toEqual(['โทร', '0 2000 0000']);
  expect(split('ใบ 7KQ2-M8XD', 10)).toEqual(['ใบ', '7KQ2-M8XD']);
  expect(split('ก่อน\nหลัง', 20)).toEqual(['ก่อน', 'หลัง']);
});

test('nothing is lost, no line is too wide, and no mark stands alone', () => {
  const words = fc.constantFrom('น้ำ', 'ที่', 'ผู้ใหญ่', 'ปู่', 'กตัญญู', 'ฐานันดร', 'ป้ำ', 'card', ' ', '2569', '(', ')', 'ๆ');
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (parts, width) => {
      const text = parts.join('');
      const lines = split(text, width);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/^\p{M}/u);
      }
    }),
  );
});
