import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dayOf, PAPER_STATION, receiptStation } from '../../tests/fixtures/paper.ts';
import { readReportSeal } from '../contract/envelope/report-seal.ts';
import { fromPublicJwk, publicJwk } from '../contract/trust.ts';
import { parseCode } from '../peripherals/badge/parse-code.ts';
import { formSerials, readForm, sealDayReport } from './papers.ts';

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
  const own = { serial: 'STDEMO000012', number: 12 };
  for (const text of ['STDEMO000012', ' st-demo 000012 ', first?.qrText ?? ''])
    expect(readForm('st-demo', text)).toEqual(own);
  expect(readForm('st-demo', 'STOTHER000012')).toEqual({ serial: 'STOTHER000012', number: null });
  // A citizen number is no form, and a QR with a wrong check says nothing.
  for (const text of ['STDEMO', '', 'STDEMO000000', 'STDEMO0000x2', '1-2345-67890-12-1', 'TB1:F:STDEMO000012:AA'])
    expect(readForm('st-demo', text)).toBeUndefined();
  expect(formSerials('a'.repeat(32), 1, 1)[0]?.serial.length).toBeLessThanOrEqual(32);
  expect(() => formSerials('st-demo', 0, 1)).toThrow(RangeError);
});
