import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptOf } from '../../receipt/receipt-code.ts';
import { checkCharacters } from './check-characters.ts';
import { type CodeMeaning, formatCode, parseCode } from './parse-code.ts';

test("the standard's own example", () => {
  expect(checkCharacters('ISO79')).toBe('3W');
});

test.each<{ text: string; meaning: CodeMeaning }>([
  { text: 'THUENGBAN:7KQ2-M8XD', meaning: { kind: 'receipt', receipt: '7KQ2-M8XD' } },
  { text: 'THUENGBAN:7KQ2-M8XU', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: 'THUENGBAN:7KQ2-M8XD\n', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: '', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: 'https://example.org/TB1:B:A:00', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: 'tb1:B:KAMNAN07:00', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: 'TB2:B:KAMNAN07:00', meaning: { kind: 'unknown', why: 'newer-version' } },
  { text: 'TB0:B:KAMNAN07:00', meaning: { kind: 'unknown', why: 'not-ours' } },
  { text: 'TB1:B:kamnan:00', meaning: { kind: 'unknown', why: 'malformed' } },
  { text: 'TB1:B::00', meaning: { kind: 'unknown', why: 'malformed' } },
  { text: 'TB1:B:A-A:00', meaning: { kind: 'unknown', why: 'malformed' } },
  { text: `TB1:B:${'A'.repeat(65)}:00`, meaning: { kind: 'unknown', why: 'malformed' } },
  { text: 'TB1:B:KAMNAN07:00', meaning: { kind: 'unknown', why: 'wrong-check' } },
  { text: `TB1:Z:A:${checkCharacters('ZA')}`, meaning: { kind: 'unknown', why: 'unknown-kind' } },
])('$text', ({ text, meaning }) => expect(parseCode(text)).toEqual(meaning));

const LETTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const body = fc.stringMatching(/^[0-9A-Z]{1,64}$/);
const kind = fc.constantFrom('operator-badge', 'work-order', 'enrolment');

test('what is written is read', () => {
  fc.assert(
    fc.property(kind, body, (kind, body) => {
      const { kind: read, ...rest } = parseCode(formatCode(kind, body));
      expect(read).toBe(kind);
      expect(Object.values(rest)).toEqual([body]);
    }),
  );
});

test('one wrong letter or two swapped neighbours never pass for another code', () => {
  fc.assert(
    fc.property(kind, body, fc.nat(), fc.constantFrom(...LETTERS), (kind, body, where, letter) => {
      const text = formatCode(kind, body);
      // Anywhere in body and check.
      const at = 6 + (where % (text.length - 6));
      const letters = [...text];
      const here = text[at] ?? '';
      const next = text[at + 1] ?? ':';
      if (here === ':') return;
      const others = [letters.with(at, letter)];
      if (next !== ':') others.push(letters.with(at, next).with(at + 1, here));
      for (const other of others.map((one) => one.join('')))
        if (other !== text) expect(parseCode(other)).toEqual({ kind: 'unknown', why: 'wrong-check' });
    }),
    { numRuns: 2_000 },
  );
});

test('a body that no code can carry is not written', () => {
  for (const bad of ['', 'a', 'A B', 'A-B', 'A:B', 'A'.repeat(65)])
    expect(() => formatCode('work-order', bad)).toThrow(RangeError);
});

test("a citizen's receipt is known as one", () => {
  const { code, qrText } = receiptOf('01935487-5123-7123-8123-456789012345');
  expect(parseCode(qrText)).toEqual({ kind: 'receipt', receipt: code });
});

test('any text means something, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `TB1:${text}`),
      ),
      (text) => {
        expect(parseCode(text).kind).toMatch(/^(unknown|receipt|operator-badge|work-order|enrolment)$/);
      },
    ),
    { numRuns: 2_000 },
  );
});
