import { describe, expect, test } from 'vitest';
import { makeCardPhoto } from '../../../../../tests/fixtures/card-photo.ts';
import { parseCitizenId } from '../../citizen-id.ts';
import { encodeTis620, makeCardImage } from './card-image.ts';
import { makePerson, PEOPLE } from './fixtures.ts';
import { padJpeg } from './pad-jpeg.ts';
import { byteTimeMs, exchangeTimeMs } from './wire-time.ts';

const photoJpeg = await makeCardPhoto();
const make = (id: (typeof PEOPLE)[number]['id']) => makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false });
const text = (image: Uint8Array, at: number, size: number) =>
  Buffer.from(image.slice(at, at + size)).toString('latin1');

describe('people', () => {
  test.each(PEOPLE)('$id can be made and was never issued', ({ id }) => {
    const number = text(make(id).image, 4, 13);
    expect(number.startsWith('9')).toBe(true);
    expect(parseCitizenId(number) !== undefined).toBe(id !== 'bad-check-digit');
  });

  test('no two share a number', () => {
    const numbers = PEOPLE.map(({ id }) => text(make(id).image, 4, 13));
    expect(new Set(numbers).size).toBe(PEOPLE.length);
  });

  test('the long address fills its 160 bytes', () => {
    expect(make('long-address').image[0x1579 + 159]).toBe(encodeTis620('ย')[0]);
  });

  test('the photo with spaces has them on both sides of its first blocks', () => {
    const region = make('photo-spaces').image.subarray(0x17b);
    for (const edge of [255, 510, 765]) expect([region[edge - 1], region[edge]]).toEqual([0x20, 0x20]);
  });

  test('the full photo ends on the last byte of its region', () => {
    const region = make('photo-full').image.subarray(0x17b, 0x17b + 5118);
    expect([...region.slice(-2)]).toEqual([0xff, 0xd9]);
  });
});

test('what does not fit is refused', () => {
  const content = {
    citizenNumber: '',
    nameThai: '',
    nameEnglish: '',
    birth: '',
    sex: '1',
    issuer: '',
    issued: '',
  } as const;
  const rest = { expires: '', address: '', requestNumber: '' };
  const tooLong = { ...content, ...rest, photoJpeg: new Uint8Array(5119) };
  expect(() => makeCardImage(tooLong)).toThrow(RangeError);
  expect(() => makeCardImage({ ...tooLong, photoJpeg: undefined, address: 'x'.repeat(161) })).toThrow(RangeError);
  expect(() => encodeTis620('é')).toThrow(RangeError);
  expect(() => padJpeg(photoJpeg, photoJpeg.length + 3, 0)).toThrow(RangeError);
});

test.each([
  { atr: '3b7996', ms: 0.048 },
  { atr: '3b7918', ms: 0.093 },
  { atr: '3b6800', ms: 1.116 },
])('a byte of $atr takes $ms ms', ({ atr, ms }) => {
  const bytes = Uint8Array.from(Buffer.from(atr, 'hex'));
  expect(byteTimeMs(bytes)).toBeCloseTo(ms, 6);
  expect(exchangeTimeMs(bytes, 5, 257)).toBeCloseTo(2 + 263 * ms, 6);
});
