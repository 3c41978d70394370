import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCitizenId, parseCitizenId } from './citizen-id.ts';

describe('parseCitizenId', () => {
  test.each([
    { text: '9101200000016', isSound: true },
    { text: '9101200000011', isSound: false },
    { text: '910120000001', isSound: false },
    { text: '91012000000165', isSound: false },
    { text: '910120000001x', isSound: false },
    { text: ' 910120000001', isSound: false },
    { text: '๙๑๐๑๒๐๐๐๐๐๐๑๕', isSound: false },
    { text: '', isSound: false },
  ])('"$text" is sound: $isSound', ({ text, isSound }) => {
    expect(parseCitizenId(text) !== undefined).toBe(isSound);
  });

  test('exactly one last digit fits any twelve', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{12}$/), (twelve) => {
        const sound = [...'0123456789'].filter((digit) => parseCitizenId(twelve + digit) !== undefined);
        expect(sound).toHaveLength(1);
      }),
    );
  });

  test('the third digit does not count: the check proves nothing', () => {
    const sound = [...'0123456789'].filter((digit) => parseCitizenId(`91${digit}1200000016`) !== undefined);
    expect(sound).toHaveLength(10);
  });

  test('nothing makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => parseCitizenId(text) === undefined || /^\d{13}$/.test(text)));
  });
});

test('the mask shows the first and the last three digits', () => {
  const id = parseCitizenId('9101200000016');
  expect(id && maskCitizenId(id)).toBe('9-xxxx-xxxxx-01-6');
});
