import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NOW_MS, signerOf, verifierOf } from '../../tests/fixtures/contract/keys.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { signServerWord } from '../contract/envelope/server-word.ts';
import { publicJwk } from '../contract/trust.ts';
import { issuersPath, receiptTrust, takeIssuers } from './receipt-issuers.ts';

const server = signerOf('control-1');
const listOf = (stations: readonly string[], at: string, signer = server) =>
  signServerWord(
    'issuers',
    {
      issuers: stations.map((station) => {
        const { kid, key } = signerOf(`key-${station}`);
        return { station, kid, jwk: { kty: 'OKP', crv: 'Ed25519', x: publicJwk(key, kid).x }, refusedFrom: null };
      }),
      at,
    },
    signer,
  );

test('TB-MSG-164 the list is believed from when it is taken over; what is refused leaves it, and a station always believes itself', () => {
  using folder = tempFolder();
  mkdirSync(join(folder.path, 'keys'));
  const keys = (kid: string) => (kid === 'control-1' ? verifierOf(kid, { kinds: ['issuers'] }) : undefined);
  const of = { dataDir: folder.path, station: 'st-mine', signer: signerOf('key-st-mine'), keys };
  const trust = receiptTrust(of);
  const stations = () => trust(NOW_MS).issuers.map(({ station }) => station);
  expect(stations()).toEqual(['st-mine']);
  takeIssuers(of, listOf(['st-other'], '2026-11-20T00:00:00.000Z'), NOW_MS);
  expect(stations()).toEqual(['st-mine', 'st-other']);
  const take = (list: Uint8Array) => () => takeIssuers(of, list, NOW_MS);
  expect(take(listOf(['st-thief'], '2026-11-21T00:00:00.000Z', signerOf('thief')))).toThrow(/unknown-key/);
  expect(take(listOf([], '2026-11-19T00:00:00.000Z'))).toThrow(/2026-11-19/);
  expect(take(Buffer.from('no list'))).toThrow(/garbage/);
  expect(stations()).toEqual(['st-mine', 'st-other']);
  takeIssuers(of, listOf(['st-other', 'st-mine', 'st-new'], '2026-11-21T00:00:00.000Z'), NOW_MS);
  expect(stations()).toEqual(['st-other', 'st-mine', 'st-new']);
  // Whoever writes into the folder wins nothing; without a server's keys there is no list.
  writeFileSync(issuersPath(folder.path), listOf(['st-thief'], '2026-11-22T00:00:00.000Z', signerOf('thief')));
  expect(stations()).toEqual(['st-mine']);
  rmSync(issuersPath(folder.path));
  expect(stations()).toEqual(['st-mine']);
  expect(() => takeIssuers({ ...of, keys: undefined }, listOf([], '2026-11-22T00:00:00.000Z'), NOW_MS)).toThrow(
    /no trust file/,
  );
});
