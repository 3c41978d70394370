import { describe, expect, test } from 'vitest';
import { exchange, getResponseP2, readBinary, readRange, SELECT_THAI_ID, selectThaiId } from './apdu.ts';
import { PHOTO_BLOCKS } from './memory-map.ts';

/** A chip that answers from a list; remembers what it was asked, as hexadecimal. */
function scripted(...answers: readonly string[]) {
  const asked: string[] = [];
  let next = 0;
  const send = async (command: Uint8Array) => {
    asked.push(Buffer.from(command).toString('hex'));
    const bytes = Uint8Array.from(Buffer.from(answers[next++] ?? '6f00', 'hex'));
    return { data: bytes.slice(0, -2), sw: ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0) };
  };
  return { send, asked };
}

const READ = readBinary({ offset: 0x0004, length: 3 });

describe('commands', () => {
  test('as the public sources write them', () => {
    expect(Buffer.from(SELECT_THAI_ID).toString('hex')).toBe('00a4040008a000000054480001');
    expect(Buffer.from(readBinary({ offset: 0x1579, length: 0xa0 })).toString('hex')).toBe('80b015790200a0');
  });

  test('the photo blocks cover 5118 bytes, the last of them 18', () => {
    expect(PHOTO_BLOCKS).toHaveLength(21);
    expect(PHOTO_BLOCKS.at(-1)).toEqual({ offset: 0x1567, length: 18 });
    expect(PHOTO_BLOCKS.reduce((sum, { length }) => sum + length, 0)).toBe(5118);
  });

  test.each([
    { atr: [0x3b, 0x67, 0x00], p2: 1 },
    { atr: [0x3b, 0x68, 0x00], p2: 0 },
    { atr: [], p2: 0 },
  ])('GET RESPONSE P2 after ATR $atr', ({ atr, p2 }) => {
    expect(getResponseP2(Uint8Array.from(atr))).toBe(p2);
  });
});

describe('exchange', () => {
  test.each<{ name: string; answers: readonly string[]; p2: 0 | 1; asked: readonly string[] }>([
    { name: 'data at once, from an APDU-level reader', answers: ['4142439000'], p2: 0, asked: ['80b00004020003'] },
    { name: '61xx', answers: ['6103', '4142439000'], p2: 0, asked: ['80b00004020003', '00c0000003'] },
    { name: '61xx on a 3B67 card', answers: ['6103', '4142439000'], p2: 1, asked: ['80b00004020003', '00c0000103'] },
    {
      name: '61xx in a chain',
      answers: ['6102', '41426101', '439000'],
      p2: 0,
      asked: ['80b00004020003', '00c0000002', '00c0000001'],
    },
    {
      name: '6Cxx to GET RESPONSE: the length is replaced',
      answers: ['61ff', '6c03', '4142439000'],
      p2: 0,
      asked: ['80b00004020003', '00c00000ff', '00c0000003'],
    },
    {
      name: '6Cxx to READ BINARY: the length is added, then replaced',
      answers: ['6c05', '6c03', '4142439000'],
      p2: 0,
      asked: ['80b00004020003', '80b0000402000305', '80b0000402000303'],
    },
  ])('$name', async ({ answers, p2, asked }) => {
    const chip = scripted(...answers);
    const response = await exchange(chip.send, READ, p2);
    expect(Buffer.from(response.data).toString()).toBe('ABC');
    expect(response.sw).toBe(0x9000);
    expect(chip.asked).toEqual(asked);
  });

  test('a chain without end is CARD_PROTOCOL', async () => {
    const chip = scripted(...new Array<string>(100).fill('416101'));
    await expect(exchange(chip.send, READ, 0)).rejects.toMatchObject({ code: 'CARD_PROTOCOL' });
    expect(chip.asked.length).toBeLessThan(20);
  });
});

describe('readRange', () => {
  test.each([
    { name: 'too few bytes', answers: ['41429000'] },
    { name: 'too many bytes', answers: ['414243449000'] },
    { name: 'nothing, from a reader that always wants GET RESPONSE', answers: ['9000'] },
    { name: 'an error', answers: ['6b00'] },
    { name: 'an error in mid-chain', answers: ['6102', '6f00'] },
  ])('$name is CARD_PROTOCOL', async ({ answers }) => {
    const attempt = readRange(scripted(...answers).send, { offset: 4, length: 3 }, 0);
    await expect(attempt).rejects.toMatchObject({ code: 'CARD_PROTOCOL' });
  });
});

describe('selectThaiId', () => {
  test.each(['9000', '610a', '6f0a84009000'])('%s is selected', async (answer) => {
    await expect(selectThaiId(scripted(answer).send)).resolves.toBeUndefined();
  });
  test.each([
    { answer: '6a82', code: 'NOT_THAI_ID' },
    { answer: '6e00', code: 'NOT_THAI_ID' },
    { answer: '6d00', code: 'NOT_THAI_ID' },
    { answer: '6f00', code: 'CARD_PROTOCOL' },
  ])('$answer is $code', async ({ answer, code }) => {
    await expect(selectThaiId(scripted(answer).send)).rejects.toMatchObject({ code });
  });
});
