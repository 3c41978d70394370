import { expect, test } from 'vitest';
import { signed } from '../../../tests/fixtures/contract/events.ts';
import {
  ingestSigner,
  NOW_MS,
  registry,
  STATION,
  signerOf,
  stationSigner,
} from '../../../tests/fixtures/contract/keys.ts';
import { chunkName, type ExportManifest } from '../export.ts';
import { readChunk, readManifest, signManifest } from './export.ts';
import { messageHash } from './jws.ts';

const file = Buffer.concat([signed({ seq: 1 }), Buffer.from('\n'), signed({ seq: 2 }), Buffer.from('\n')]);
const chunk = { name: chunkName(1, 2), from: 1, upto: 2, events: 2, bytes: file.length, sha256: messageHash(file) };
const manifest: ExportManifest = {
  station: STATION,
  epoch: 'epoch-1',
  at: '2026-11-22T02:00:00.000Z',
  chunks: [chunk],
};
const reader = { keys: registry, nowMs: NOW_MS };

test('TB-MSG-080 a manifest is believed under the key of its station, and of nobody else', () => {
  expect(readManifest(signManifest(manifest, stationSigner), reader)).toEqual({ kind: 'believed', manifest });
  for (const signer of [signerOf('station-2'), ingestSigner])
    expect(readManifest(signManifest(manifest, signer), reader)).toMatchObject({ code: 'wrong-key' });
  expect(readManifest(signManifest(manifest, signerOf('station-lost')), reader)).toMatchObject({ kind: 'refused' });
});

test('TB-MSG-080 a manifest whose chunks overlap, stand in another order or have another name is invalid', () => {
  const second = { ...chunk, name: chunkName(2, 3), from: 2, upto: 3 };
  for (const chunks of [[chunk, second], [{ ...second, from: 3 }, chunk], [{ ...chunk, name: chunkName(1, 3) }]])
    expect(readManifest(signManifest({ ...manifest, chunks }, stationSigner), reader)).toMatchObject({
      code: 'invalid',
    });
});

test('TB-MSG-081 a chunk gives its events as they would be published, whole or not at all', () => {
  const read = readChunk(file, chunk);
  expect(read.kind === 'events' && read.messages.map((one) => Buffer.from(one))).toEqual([
    Buffer.from(signed({ seq: 1 })),
    Buffer.from(signed({ seq: 2 })),
  ]);
  const changed = Buffer.from(file);
  changed[40] = (changed[40] ?? 0) ^ 1;
  expect(readChunk(changed, chunk)).toMatchObject({ code: 'tampered' });
  expect(readChunk(file.subarray(0, -1), chunk)).toMatchObject({ code: 'tampered' });
  expect(readChunk(file, { ...chunk, events: 3 })).toMatchObject({ code: 'invalid' });
});
