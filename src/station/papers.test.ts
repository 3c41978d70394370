import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dayOf, PAPER_STATION, receiptStation } from '../../tests/fixtures/paper.ts';
import { readReportSeal } from '../contract/envelope/report-seal.ts';
import { fromPublicJwk, publicJwk } from '../contract/trust.ts';
import { parseCode } from '../peripherals/badge/parse-code.ts';
import { formNumber, formSerials, sealDayReport } from './papers.ts';

test('a day report is signed apart from its data, which anybody can hash', () => {
  const { signer } = receiptStation();
  const { csv, sha256, signature, doc } = sealDayReport(dayOf(3), signer);
  expect(createHash('sha256').update(csv).digest('hex')).toBe(sha256);
  const key = fromPublicJwk(publicJwk(signer.key));
  const keys = () => ({ key, station: PAPER_STATION, kinds: ['report'], refusedFrom: null }) as const;
  expect(readReportSeal(Buffer.from(signature), { keys, nowMs: 0 })).toEqual({
    kind: 'believed',
    seal: { station: PAPER_STATION, day: '2026-11-22', sha256, at: '2026-11-22T10:05:00.000Z' },
  });
  expect(JSON.stringify(doc)).toContain(signature);
  // Another payload under the same signature: the last letters of a signature may be any, by chance those too.
  const [head, , mark] = signature.split('.');
  const forged = [head, Buffer.from(JSON.stringify({ station: PAPER_STATION })).toString('base64url'), mark].join('.');
  expect(readReportSeal(Buffer.from(forged), { keys, nowMs: 0 }).kind).toBe('refused');
});

test('forms are numbered so that the scanner and a person read the same', () => {
  const [first, second] = formSerials('st-demo', 12, 13);
  expect([first?.serial, second?.serial]).toEqual(['STDEMO000012', 'STDEMO000013']);
  expect(parseCode(first?.qrText ?? '')).toEqual({ kind: 'paper-form', serial: 'STDEMO000012' });
  expect(formNumber('st-demo', 'STDEMO000012')).toBe(12);
  for (const serial of ['STOTHER000012', 'STDEMO', '', 'STDEMO000000', 'STDEMO0000x2'])
    expect(formNumber('st-demo', serial)).toBeUndefined();
  expect(formSerials('a'.repeat(32), 1, 1)[0]?.serial.length).toBeLessThanOrEqual(32);
  expect(() => formSerials('st-demo', 0, 1)).toThrow(RangeError);
});
