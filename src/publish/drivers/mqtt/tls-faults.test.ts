import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../tests/fixtures/temp.ts';
import { FAULTS } from '../../../shared/faults.ts';
import { ownCertificateFault, tlsFault } from './tls-faults.ts';
import { readTlsFiles } from './tls-files.ts';

const now = Date.parse('2026-11-22T02:00:00.000Z');
const day = 86_400_000;
const own = { fromMs: now - day, toMs: now + day };
const error = (code: string) => Object.assign(new Error(code), { code });
const fault = (code: string, clock: 'synced' | 'unsynced', at = now) =>
  tlsFault(error(code), { address: 'broker:8883', nowMs: at, clock, own })?.code;

test.each([
  ['CERT_NOT_YET_VALID', 'synced', 'CLOCK_WRONG'],
  ['CERT_NOT_YET_VALID', 'unsynced', 'CLOCK_WRONG'],
  ['CERT_HAS_EXPIRED', 'synced', 'BROKER_CERTIFICATE_EXPIRED'],
  ['CERT_HAS_EXPIRED', 'unsynced', 'CLOCK_WRONG'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'synced', 'BROKER_CERTIFICATE_UNTRUSTED'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'synced', 'BROKER_CERTIFICATE_UNTRUSTED'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'synced', 'BROKER_TLS_TOO_OLD'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'synced', 'STATION_CERTIFICATE_EXPIRED'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'unsynced', 'CLOCK_WRONG'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'synced', 'STATION_CERTIFICATE_REFUSED'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'synced', 'STATION_CERTIFICATE_REFUSED'],
  ['ECONNREFUSED', 'synced', undefined],
] as const)('TB-MSG-120 %s with a clock that is %s is %s', (code, clock, expected) => {
  expect(fault(code, clock)).toBe(expected);
  if (expected) expect(FAULTS[expected].mend.th).not.toBe('');
});

test('TB-MSG-120 the own certificate tells what to say when the broker just hangs up', () => {
  const at = (nowMs: number, clock: 'synced' | 'unsynced') =>
    ownCertificateFault({ address: 'b', nowMs, clock, own })?.code;
  expect(at(now, 'synced')).toBeUndefined();
  expect(at(now + 2 * day, 'synced')).toBe('STATION_CERTIFICATE_EXPIRED');
  expect(at(now + 2 * day, 'unsynced')).toBe('CLOCK_WRONG');
  expect(at(now - 2 * day, 'synced')).toBe('CLOCK_WRONG');
});

test('files that are missing, open to others or no certificates are named', () => {
  using folder = tempFolder();
  const path = (name: string) => join(folder.path, name);
  writeFileSync(path('a.pem'), 'no certificate');
  chmodSync(path('a.pem'), 0o644);
  const files = (tls: Partial<Parameters<typeof readTlsFiles>[0]>) => () =>
    readTlsFiles({ caFile: null, certFile: null, keyFile: null, ...tls });
  const invalid = (message: RegExp) =>
    expect.objectContaining({ code: 'TLS_SETUP_INVALID', message: expect.stringMatching(message) });
  expect(files({ caFile: path('none.pem') })).toThrow(invalid(/none.pem cannot be read/));
  expect(files({ certFile: path('a.pem') })).toThrow(invalid(/belong together/));
  expect(files({ certFile: path('a.pem'), keyFile: path('a.pem') })).toThrow(invalid(/open to others|no certificate/));
});
