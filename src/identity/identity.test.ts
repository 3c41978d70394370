import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { fromPublicJwk, stationKeySchema } from '../contract/trust.ts';
import { FileKeyStore } from './file-key-store.ts';
import { openStationKeys, stationKey, trustPath } from './station-keys.ts';
import { readTrust, writeTrust } from './trust-file.ts';

const station = 'st-test';

test('a key is made once, kept for its owner only, and never replaced', () => {
  using folder = tempFolder();
  const store = new FileKeyStore(join(folder.path, 'keys'));
  const path = join(folder.path, 'keys', 'data.key');
  const key = store.secret('data');
  expect(key).toHaveLength(32);
  expect(Buffer.from(store.secret('data'))).toEqual(Buffer.from(key));
  chmodSync(path, 0o644);
  store.secret('data');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, 'short');
  expect(() => store.secret('data')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  expect(readFileSync(path, 'utf8')).toBe('short');
});

test('the signing key is the same after a restart; a broken file is a coded fault and is left as it is', () => {
  using folder = tempFolder();
  const first = openStationKeys({ dir: folder.path, station, isDemo: false });
  expect(openStationKeys({ dir: folder.path, station, isDemo: false }).signer.kid).toBe(first.signer.kid);
  expect(first.own(first.signer.kid)).toMatchObject({ station, kinds: ['event', 'export', 'report'] });
  expect(first.own('another')).toBeUndefined();
  const path = join(folder.path, 'keys', 'signing.pem');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, 'nonsense');
  expect(() => openStationKeys({ dir: folder.path, station, isDemo: false })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
  expect(readFileSync(path, 'utf8')).toBe('nonsense');
});

test('without a trust file there is none, but in a demonstration, which makes its own and says so by its folder', () => {
  using folder = tempFolder();
  const dir = folder.path;
  expect(openStationKeys({ dir, station, isDemo: false })).toMatchObject({
    trust: undefined,
    trustFault: { code: 'TRUST_MISSING' },
  });
  const demo = openStationKeys({ dir, station, isDemo: true });
  expect(demo.trust?.sealing.key.asymmetricKeyType).toBe('x25519');
  const said = readTrust(join(dir, 'demo-server', 'trust.json'));
  expect(said?.server.map(({ kinds }) => kinds)).toEqual([
    ['ack', 'receipt'],
    ['cmd', 'config', 'orders', 'revoke', 'issuers'],
  ]);
  expect(statSync(join(dir, 'demo-server', 'programme.pem')).mode & 0o777).toBe(0o600);
  // A station in earnest never takes over what a demonstration has made.
  expect(existsSync(trustPath(dir))).toBe(false);
  expect(openStationKeys({ dir, station, isDemo: false }).trust).toBeUndefined();
});

test('a trust file is taken over whole or not at all', () => {
  using folder = tempFolder();
  const dir = folder.path;
  openStationKeys({ dir, station, isDemo: true });
  const trust = readTrust(join(dir, 'demo-server', 'trust.json'));
  if (!trust) throw new Error('no demo trust');
  writeTrust(trustPath(dir), trust);
  expect(openStationKeys({ dir, station, isDemo: false }).trust?.sealing.kid).toBe(trust.sealing.kid);
  for (const broken of ['{', '{}', JSON.stringify({ ...trust, server: trust.server.slice(1) })]) {
    writeFileSync(trustPath(dir), broken);
    expect(openStationKeys({ dir, station, isDemo: true })).toMatchObject({
      trust: undefined,
      trustFault: { code: 'CONFIG_INVALID' },
    });
  }
});

test('what a server is told of the station is its public key and nothing else', () => {
  using folder = tempFolder();
  const keys = openStationKeys({ dir: folder.path, station, isDemo: false });
  const said = stationKey(keys, station);
  expect(stationKeySchema.strict().parse(said)).toEqual(said);
  expect(fromPublicJwk(said.signing).type).toBe('public');
});

test('the receiving key is made once, opens what is sealed to it, and an older station that has none is registered too', () => {
  using folder = tempFolder();
  const open = () => openStationKeys({ dir: folder.path, station, isDemo: false });
  const { receiving, opening } = open();
  expect(receiving.key.asymmetricKeyType).toBe('x25519');
  expect(open().receiving.kid).toBe(receiving.kid);
  expect(opening(receiving.kid)).toBe(receiving.key);
  expect(opening('another')).toBeUndefined();
  expect(statSync(join(folder.path, 'keys', 'receiving.key')).mode & 0o777).toBe(0o600);
  const { receiving: _, ...older } = stationKey(open(), station);
  expect(stationKeySchema.parse(older)).toEqual(older);
});

test("an older version's programme key is kept: every pseudonym stays the same", () => {
  using folder = tempFolder();
  mkdirSync(folder.path, { recursive: true });
  const old = Buffer.alloc(32, 7);
  writeFileSync(join(folder.path, 'programme.key'), old, { mode: 0o600 });
  const { programmeKey } = openStationKeys({ dir: folder.path, station, isDemo: false });
  expect(Buffer.from(programmeKey)).toEqual(old);
});
