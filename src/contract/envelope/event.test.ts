import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPLETED, fields, record, signed, TESTED } from '../../../tests/fixtures/contract/events.ts';
import {
  NOW_MS,
  OTHER_STATION,
  openingKeys,
  registry,
  STATION,
  sealingKey,
  signerOf,
  stationSigner,
} from '../../../tests/fixtures/contract/keys.ts';
import { openEventData, readEvent, signEvent } from './event.ts';
import { messageHash, signStatement } from './jws.ts';
import { seal } from './sealed.ts';

const read = (message: Uint8Array, station = STATION, nowMs = NOW_MS) =>
  readEvent(message, { station, keys: registry, nowMs });
const codeOf = (message: Uint8Array, station?: string) => {
  const verdict = read(message, station);
  return verdict.kind === 'refused' ? verdict.code : verdict.kind;
};
/** Signs an envelope of any shape, as a station gone wrong would. */
const signedRaw = (changes: object) => {
  const envelope = JSON.parse(Buffer.from(textOf(signed()).split('.')[1] ?? '', 'base64url').toString());
  return signStatement('event', Buffer.from(JSON.stringify({ ...envelope, ...changes })), stationSigner);
};
const textOf = (message: Uint8Array) => Buffer.from(message).toString('latin1');

test('TB-MSG-020 TB-MSG-032 an event is read as it was written', () => {
  const { message, hash } = signEvent(fields(), stationSigner);
  const verdict = read(message);
  expect(verdict).toMatchObject({ kind: 'event', kid: 'station-1', hash, isKnownType: true });
  if (verdict.kind !== 'event') return;
  expect(verdict.envelope).toEqual({
    specversion: '1.0',
    id: '01935d2e-1111-7000-8000-000000000001',
    source: 'urn:thuengban:station:st-000001',
    type: TESTED,
    time: '2026-11-22T02:00:00.000Z',
    station: STATION,
    epoch: 'epoch-1',
    seq: 1,
    prev: null,
    clock: { state: 'synced', setAt: '2026-11-22T00:00:00.000Z', bootId: 'boot-1', monotonicMs: 7_200_000 },
    datacontenttype: 'application/json',
    data: { nonce: 'n-1' },
  });
});

test('TB-MSG-032 a clock in 2020 or 2031 makes no event unbelievable', () => {
  for (const time of ['2020-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'])
    for (const state of ['synced', 'unsynced', 'holdover'] as const)
      expect(codeOf(signed({ time, clock: { state, setAt: null } }))).toBe('event');
});

test('TB-MSG-040 each event names the one before it, as it was published', () => {
  let prev: string | null = null;
  for (let seq = 1; seq <= 4; seq++) {
    const { message, hash } = signEvent(fields({ seq, prev }), stationSigner);
    expect(hash).toBe(createHash('sha256').update(message).digest('hex'));
    expect(messageHash(message)).toBe(hash);
    expect(read(message)).toMatchObject({ envelope: { seq, prev } });
    prev = hash;
  }
});

test('TB-MSG-010 a newer major version is named, whatever shape its other fields have', () => {
  expect(codeOf(signedRaw({ type: 'th.thuengban.visit.completed.v2', seq: 'one', data: 7 }))).toBe('unknown-major');
  expect(codeOf(signedRaw({ specversion: '2.0' }))).toBe('unknown-major');
});

test('TB-MSG-012 an event that only a newer minor version knows is believed; so is a field more', () => {
  expect(read(signed({ type: 'th.thuengban.station.sang.v1', data: { song: 1 } }))).toMatchObject({
    isKnownType: false,
  });
  expect(codeOf(signedRaw({ mood: 'good' }))).toBe('event');
  expect(codeOf(signed({ data: { nonce: 'n', mood: 'good' } }))).toBe('event');
});

test('TB-MSG-023 TB-MSG-033 an event speaks for the station whose key signed it, on its own topic only', () => {
  expect(codeOf(signed({}, signerOf('station-2')))).toBe('wrong-key');
  expect(codeOf(signed({ station: OTHER_STATION }, signerOf('station-2')), OTHER_STATION)).toBe('event');
  expect(codeOf(signed(), OTHER_STATION)).toBe('wrong-station');
  expect(codeOf(signedRaw({ source: 'urn:thuengban:station:st-000002' }))).toBe('wrong-station');
  expect(codeOf(signed({}, signerOf('stranger')))).toBe('unknown-key');
  expect(codeOf(signed({}, signerOf('ingest-1')))).toBe('wrong-key');
});

test('TB-MSG-025 a stolen key that was reported writes no event with an old date', () => {
  expect(codeOf(signed({ time: '2026-11-01T00:00:00.000Z' }, signerOf('station-lost')))).toBe('expired');
});

test('TB-MSG-026 data of a visit is neither signed nor believed in the clear', () => {
  expect(() => signed({ type: COMPLETED, data: { ...record } })).toThrow(TypeError);
  const data = { ...record };
  expect(codeOf(signedRaw({ type: COMPLETED, data }))).toBe('in-the-clear');
  expect(codeOf(signedRaw({ type: COMPLETED, data, datacontenttype: 'application/jose' }))).toBe('invalid');
  expect(codeOf(signed({ type: COMPLETED, data: 'not sealed at all' }))).toBe('invalid');
});

test('TB-MSG-029 a sealed event shows nobody; the vault opens it and holds it to its schema', async () => {
  const message = signed({ type: COMPLETED, data: await seal({ ...record, tomorrow: true }, sealingKey) });
  const parts = textOf(message)
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  const shown = [
    textOf(message),
    ...parts,
    ...parts.flatMap((part) => part.split(/["._]/).map((text) => Buffer.from(text, 'base64url').toString('latin1'))),
  ].join('\n');
  for (const secret of ['CANARY', 'referred', 'card-expired', 'renew-card', record.visitId])
    expect(shown).not.toContain(secret);
  const verdict = read(message);
  if (verdict.kind !== 'event') throw new Error(verdict.code);
  expect(await openEventData(verdict.envelope, openingKeys)).toEqual({ kind: 'opened', data: record });
  expect(await openEventData(verdict.envelope, () => undefined)).toMatchObject({ code: 'unknown-key' });
  const odd = { ...verdict.envelope, data: await seal({ ...record, outcome: 'rejected' }, sealingKey) };
  expect(await openEventData(odd, openingKeys)).toEqual({ kind: 'refused', code: 'invalid', detail: 'outcome' });
});

test.each<[string, object]>([
  ['a seq of zero', { seq: 0 }],
  ['half a seq', { seq: 1.5 }],
  ['a seq beyond whole numbers', { seq: 2 ** 53 }],
  ['no epoch', { epoch: '' }],
  ['a prev that is no hash', { prev: 'none' }],
  ['a time without zone', { time: '2026-11-22T02:00:00' }],
  ['an id that is no UUIDv7', { id: '8b0e4c1c-5a55-4c1b-9a5e-111111111111' }],
  ['no clock', { clock: undefined }],
  ['data of the wrong shape', { data: { nonce: 7 } }],
  ['a list as data', { data: [] }],
  ['a type of somebody else', { type: 'com.example.v1' }],
])('TB-MSG-031 %s is invalid', (_, changes) => expect(codeOf(signedRaw(changes))).toBe('invalid'));

test('TB-MSG-022 TB-MSG-031 whatever a station signs, it is an event or a refusal that tells nothing of it', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('type', 'data', 'clock', 'seq', 'station', 'id', 'prev'),
      (value, name) => {
        for (const message of [
          signedRaw({ [name]: value }),
          signStatement('event', Buffer.from(JSON.stringify(value)), stationSigner),
        ]) {
          const verdict = read(message);
          if (verdict.kind === 'refused') expect(verdict.detail.length).toBeLessThan(600);
          else expect(verdict.envelope.station).toBe(STATION);
        }
      },
    ),
  );
});
