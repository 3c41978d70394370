import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signer } from '../contract/envelope/keys.ts';
import type { ReceiptTrust } from '../contract/receipt-credential.ts';
import { keyName, publicJwk } from '../contract/trust.ts';
import { REASON_WORDS } from '../visit/reasons.ts';
import { issueReceipt, maskedNumber, type ReceiptFacts, verifyReceipt } from './receipt.ts';
import { OUTCOME_WORDS } from './words.ts';

const NOW_MS = Date.parse('2026-11-22T03:00:00.000Z');
const { privateKey } = generateKeyPairSync('ed25519');
const signer: Signer = { kid: keyName(privateKey), key: privateKey };
const trustIn = (station: string, refusedFrom: string | null = null): ReceiptTrust => ({
  issuers: [{ station, kid: signer.kid, jwk: { kty: 'OKP', crv: 'Ed25519', x: publicJwk(privateKey).x }, refusedFrom }],
  at: '2026-11-22T00:00:00.000Z',
});
const facts: ReceiptFacts = {
  station: 'st-test',
  code: '7KQ2-M8XD',
  at: '2026-11-22T02:00:00.123Z',
  outcome: 'referred',
  reason: 'card-expired',
  nextStep: { id: 'renew-card', where: 'ที่ว่าการอำเภอตัวอย่าง', due: '2026-11-30' },
  programme: 'welfare-2026',
  citizenNumber: '9999999999994',
  holder: { role: 'citizen' },
};
const { credential } = issueReceipt(facts, signer, null);
const stateOf = (text: string, trust = trustIn('st-test')) => verifyReceipt(text, trust, NOW_MS).state;

describe('a receipt', () => {
  test('says what the citizen may know, and is genuine as text and behind an address', () => {
    const { qrText } = issueReceipt(facts, signer, 'https://example.org/verify/');
    expect(qrText).toBe(`https://example.org/verify/#${credential}`);
    for (const text of [credential, qrText, ` ${credential}\r\n`])
      expect(verifyReceipt(text, trustIn('st-test'), NOW_MS)).toEqual({
        state: 'genuine',
        receipt: {
          code: '7KQ2-M8XD',
          outcome: 'referred',
          at: '2026-11-22T02:00:00Z',
          station: 'st-test',
          maskedNumber: '•-••••-••••9-99-4',
          reason: 'card-expired',
          nextStep: facts.nextStep,
          programme: 'welfare-2026',
          role: 'citizen',
          until: null,
        },
      });
    const said = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString();
    expect(said).not.toMatch(/\d{5}|name|score|subject":"|face/);
  });

  test('is not believed when its key is unknown or refused, or speaks for another station', () => {
    expect(stateOf(credential, { ...trustIn('st-test'), issuers: [] })).toBe('unknown-issuer');
    expect(stateOf(credential, trustIn('st-test', '2026-11-22T02:30:00.000Z'))).toBe('unknown-issuer');
    expect(stateOf(credential, trustIn('st-test', '2026-11-22T04:00:00.000Z'))).toBe('genuine');
    expect(stateOf(credential, trustIn('st-other'))).toBe('changed');
  });

  test('nobody reads on it that they were suspected or doubted, and who declined leaves no number', () => {
    const reasonOf = (reason: string) =>
      verifyReceipt(issueReceipt({ ...facts, reason }, signer, null).credential, trustIn('st-test'), NOW_MS).receipt;
    for (const reason of ['attack-check', 'officers-disagree', 'officers-unsure'])
      expect(reasonOf(reason)?.reason).toBe('officer-review');
    for (const reason of Object.keys(REASON_WORDS)) expect(reasonOf(reason)?.reason).not.toMatch(/attack|disagree/);
    const declined = issueReceipt({ ...facts, outcome: 'declined', reason: null }, signer, null);
    expect(verifyReceipt(declined.credential, trustIn('st-test'), NOW_MS).receipt?.maskedNumber).toBeNull();
  });

  test('every outcome and both holders read back', () => {
    for (const outcome of Object.keys(OUTCOME_WORDS) as ReceiptFacts['outcome'][]) {
      const holder = { role: 'representative', until: '2027-05-31' } as const;
      const issued = issueReceipt({ ...facts, outcome, reason: null, holder }, signer, null);
      expect(verifyReceipt(issued.credential, trustIn('st-test'), NOW_MS)).toMatchObject({
        state: 'genuine',
        receipt: { outcome, reason: null, role: 'representative', until: '2027-05-31' },
      });
    }
    expect(maskedNumber('1234')).toBe('•-••••-••••1-23-4');
  });

  test('with any one character changed, left out or put in is never genuine', () => {
    const chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=';
    for (let i = 0; i < credential.length; i++)
      for (const char of [chars[(i * 7) % 66] ?? '', 'A', '~', ''])
        if (char !== credential[i])
          expect(stateOf(`${credential.slice(0, i)}${char}${credential.slice(i + 1)}`), `${i} ${char}`).not.toBe(
            'genuine',
          );
    fc.assert(
      fc.property(fc.nat(credential.length), fc.string({ minLength: 1, unit: 'grapheme' }), (at, put) => {
        fc.pre(!put.endsWith('#') && put.trim() !== '');
        return stateOf(`${credential.slice(0, at)}${put}${credential.slice(at)}`) !== 'genuine';
      }),
      { numRuns: 500 },
    );
  });

  test('nothing that is no receipt throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(stateOf(text)).toBe('not-a-receipt');
      }),
    );
    const [head, body] = credential.split('.');
    for (const text of ['', '#', `${head}.${body}.~`, `${head}.${body}.${'A'.repeat(86)}~`, 'x'.repeat(10_000)])
      expect(['not-a-receipt', 'changed']).toContain(stateOf(text));
  });
});
