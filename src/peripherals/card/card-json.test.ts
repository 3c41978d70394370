import { expect, test } from 'vitest';
import { cardJson } from './card-json.ts';
import { parseFields } from './read-fields.ts';
import type { ThaiIdCard } from './thai-id-card.ts';

const card: ThaiIdCard = {
  ...parseFields({
    citizenId: '9101200000016',
    nameThai: 'นาย#สมชาย##ใจดี',
    nameEnglish: 'Mr.#Somchai##Jaidee',
    birthDate: '25010115',
    sex: '1',
    issuer: 'ที่ว่าการตัวอย่าง',
    issueDate: '25650505',
    expiry: '25750731',
    address: '99/7#หมู่ที่ 4####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
    requestNumber: '90010000010115',
  }),
  photo: { bytes: 5000, sha256: 'f'.repeat(64), width: 148, height: 178 },
  photoJpeg: Uint8Array.of(0xff, 0xd8),
  photoFault: undefined,
  atr: '3b79',
  timingsMs: { select: 1, text: 2, photo: 3, total: 6 },
};
const KEYS =
  'masked citizenId nameThai nameEnglish birthDate sex issueDate expiry address issuer requestNumber photo atr timingsMs';

test('with permission every field is as read, and the pixels stay out', () => {
  const json = cardJson(card, { showPersonal: true });
  expect(Object.keys(json).toSorted()).toEqual(KEYS.split(' ').toSorted());
  expect(json).toMatchObject({
    citizenId: '9101200000016',
    birthDate: { kind: 'day', date: '1958-01-15' },
    sex: 'male',
    issueDate: '2022-05-05',
    expiry: { kind: 'date', date: '2032-07-31' },
    address: { houseNumber: '99/7', moo: '4', tambon: 'ทดสอบ' },
    photo: { bytes: 5000, width: 148 },
  });
  expect(JSON.stringify(json)).not.toContain('photoJpeg');
});

test('masked, the same keys say nothing of the person', () => {
  const json = cardJson(card, { showPersonal: false });
  expect(Object.keys(json).toSorted()).toEqual(KEYS.split(' ').toSorted());
  expect(json).toMatchObject({ citizenId: '9-xxxx-xxxxx-01-6', birthDate: { kind: 'day' }, expiry: { kind: 'date' } });
  const text = JSON.stringify(json);
  for (const secret of [
    '9101200000016',
    'สมชาย',
    'Somchai',
    'ทดสอบ',
    '99/7',
    '1958',
    '2032',
    '2022',
    '9001000',
    'fff',
    'male',
  ]) {
    expect(text).not.toContain(secret);
  }
});

test('a photo that could not be read is null and says why', () => {
  const without: ThaiIdCard = { ...card, photo: undefined, photoJpeg: undefined, photoFault: 'PHOTO_UNREADABLE' };
  expect(cardJson(without, { showPersonal: true })).toMatchObject({ photo: null, photoFault: 'PHOTO_UNREADABLE' });
});
