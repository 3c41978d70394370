import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StationFault } from '../../shared/fault.ts';
import { parseAddress } from './address.ts';
import { parseBirthDate, parseChipDay, parseExpiry } from './chip-date.ts';
import { FIELDS, type FieldName } from './memory-map.ts';
import { parseName } from './name.ts';
import { parseFields } from './read-fields.ts';
import { decodeText } from './tis620.ts';

describe('decodeText', () => {
  test.each([
    { bytes: [0xb9, 0xd2, 0xc2, 0x20, 0x20, 0x00], text: 'นาย' },
    { bytes: [0x20, 0x41, 0x20, 0x42, 0x00, 0x20], text: 'A B' },
    { bytes: [0x20, 0x20], text: '' },
    { bytes: [], text: '' },
  ])('$text', ({ bytes, text }) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text);
  });
});

describe('parseName', () => {
  test.each([
    { text: 'นาย#สมชาย##ใจดี', parts: ['นาย', 'สมชาย', '', 'ใจดี'], full: 'นาย สมชาย ใจดี' },
    { text: 'Miss#Malee#Arun#Dokmai', parts: ['Miss', 'Malee', 'Arun', 'Dokmai'], full: 'Miss Malee Arun Dokmai' },
    { text: 'นาย#สมชาย', parts: ['นาย', 'สมชาย', '', ''], full: 'นาย สมชาย' },
    { text: 'a # b # c # d #e', parts: ['a', 'b', 'c', 'd e'], full: 'a b c d e' },
    { text: '', parts: ['', '', '', ''], full: '' },
  ])('$text', ({ text, parts, full }) => {
    const { prefix, first, middle, last, full: whole } = parseName(text);
    expect([[prefix, first, middle, last], whole]).toEqual([parts, full]);
  });
});

describe('parseAddress', () => {
  const none = { moo: '', trok: '', soi: '', road: '' };
  test.each([
    {
      name: 'all eight parts',
      text: '99/1#หมู่ที่ 4#ตรอกเล็ก#ซอยสุข 3#ถนนใหญ่#ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
      gives: {
        houseNumber: '99/1',
        moo: '4',
        trok: 'เล็ก',
        soi: 'สุข 3',
        road: 'ใหญ่',
        tambon: 'ทดสอบ',
        amphoe: 'ตัวอย่าง',
        province: 'สมมุติ',
      },
    },
    {
      name: 'Bangkok',
      text: '1###ซอยสุข#ถนนใหญ่#แขวงทดสอบ#เขตตัวอย่าง#กรุงเทพมหานคร',
      gives: {
        ...none,
        houseNumber: '1',
        soi: 'สุข',
        road: 'ใหญ่',
        tambon: 'ทดสอบ',
        amphoe: 'ตัวอย่าง',
        province: 'กรุงเทพมหานคร',
      },
    },
    {
      name: 'parts left out: the last three stay the area, a word beats its position',
      text: '7#ถนนใหญ่#ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
      gives: { ...none, houseNumber: '7', road: 'ใหญ่', tambon: 'ทดสอบ', province: 'สมมุติ' },
    },
    {
      name: 'a part without its word goes by position',
      text: '7#4####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
      gives: { ...none, moo: '4', tambon: 'ทดสอบ' },
    },
    { name: 'a house number only', text: '7', gives: { ...none, houseNumber: '7', tambon: '', province: '' } },
    { name: 'nothing', text: '', gives: { ...none, houseNumber: '', tambon: '', province: '' } },
  ])('$name', ({ text, gives }) => {
    expect(parseAddress(text)).toMatchObject({ raw: text, ...gives });
  });
});

describe('dates', () => {
  test.each([
    { text: '25010115', gives: { kind: 'day', date: '1958-01-15', year: 1958, month: 1 } },
    { text: '25430229', gives: { kind: 'day', date: '2000-02-29', year: 2000, month: 2 } },
    { text: '24850300', gives: { kind: 'month', year: 1942, month: 3 } },
    { text: '24780000', gives: { kind: 'year', year: 1935 } },
    { text: '24780015', gives: { kind: 'year', year: 1935 } },
    { text: '', gives: { kind: 'absent' } },
    { text: '00000000', gives: { kind: 'absent' } },
    { text: '25440229', gives: { kind: 'invalid' } },
    { text: '25011301', gives: { kind: 'invalid' } },
    { text: '25010431', gives: { kind: 'invalid' } },
    { text: '99999999', gives: { kind: 'invalid' } },
    { text: '2501011', gives: { kind: 'invalid' } },
    { text: '2501011x', gives: { kind: 'invalid' } },
  ])('birth $text', ({ text, gives }) => {
    expect(parseBirthDate(text)).toEqual(gives);
  });

  test.each([
    { text: '99999999', gives: { kind: 'lifetime' } },
    { text: '25750731', gives: { kind: 'date', date: '2032-07-31' } },
    { text: '25750700', gives: undefined },
    { text: '25750000', gives: undefined },
    { text: '', gives: undefined },
  ])('expiry $text', ({ text, gives }) => {
    expect(parseExpiry(text)).toEqual(gives);
  });

  test('a day that is given is a day of the calendar', () => {
    const digits = fc.stringMatching(/^2[45][0-9]{6}$/);
    fc.assert(
      fc.property(digits, (text) => {
        const day = parseChipDay(text);
        if (day !== undefined) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
      }),
    );
  });
});

describe('parseFields', () => {
  const sound: Record<FieldName, string> = {
    citizenId: '9101200000016',
    nameThai: 'นาย#สมชาย##ใจดี',
    nameEnglish: '',
    birthDate: '24780000',
    sex: '9',
    issuer: '',
    issueDate: '',
    expiry: '99999999',
    address: '',
    requestNumber: '',
  };

  test('a number, a name and an expiry are enough', () => {
    expect(parseFields(sound)).toMatchObject({ citizenId: '9101200000016', sex: 'unknown', issueDate: undefined });
  });

  test.each([
    { field: 'citizenId', text: '9101200000011', says: 'citizen number' },
    { field: 'nameThai', text: 'นาย###', says: 'name' },
    { field: 'expiry', text: '25750000', says: 'expiry' },
  ])('an unsound $field is DATA_INVALID and is named, not quoted', ({ field, text, says }) => {
    const attempt = () => parseFields({ ...sound, [field]: text });
    expect(attempt).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
    expect(attempt).toThrow(says);
    expect(attempt).not.toThrow(text);
  });

  test('whatever the chip says, the only fault is DATA_INVALID', () => {
    const anything = fc.record({
      ...(Object.fromEntries(Object.keys(FIELDS).map((name) => [name, fc.string()])) as Record<
        FieldName,
        fc.Arbitrary<string>
      >),
      citizenId: fc.constantFrom('9101200000016', ''),
    });
    fc.assert(
      fc.property(anything, (text) => {
        try {
          expect(parseFields(text).citizenId).toBe('9101200000016');
        } catch (error) {
          expect(error).toBeInstanceOf(StationFault);
          expect(error).toMatchObject({ code: 'DATA_INVALID' });
        }
      }),
    );
  });
});
