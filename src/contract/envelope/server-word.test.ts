import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  controlSigner,
  ingestSigner,
  NOW_MS,
  OTHER_STATION,
  registry,
  STATION,
  signerOf,
  stationSigner,
  verifierOf,
} from '../../../tests/fixtures/contract/keys.ts';
import { signStatement } from './jws.ts';
import {
  readAcknowledgement,
  readCommand,
  readConfig,
  readReceipt,
  readServerWord,
  signAcknowledgement,
  signReceipt,
  signServerWord,
} from './server-word.ts';

const reader = { station: STATION, keys: registry, nowMs: NOW_MS };
const at = '2026-11-22T02:00:00.000Z';
const watermark = { station: STATION, epoch: 'e', upto: 7, gaps: [[2, 3]], quarantined: [], at } as const;
const codeOf = (read: { readonly kind: string; readonly code?: string }) => read.code ?? read.kind;
const acknowledged = (changes: object, signer = ingestSigner) =>
  readAcknowledgement(signStatement('ack', Buffer.from(JSON.stringify({ ...watermark, ...changes })), signer), reader);

test('TB-MSG-052 what the ingest signs for this station is believed', () => {
  const read = readAcknowledgement(
    signAcknowledgement({ ...watermark, gaps: [[2, 3]], quarantined: [] }, ingestSigner),
    reader,
  );
  expect(read).toEqual({ kind: 'believed', kid: 'ingest-1', statement: watermark });
  expect(acknowledged({ gaps: undefined, quarantined: undefined })).toMatchObject({
    statement: { gaps: [], quarantined: [] },
  });
});

test('TB-MSG-052 TB-MSG-064 forged acknowledgements and those of others are refused by name', () => {
  expect(codeOf(acknowledged({}, signerOf('stranger')))).toBe('unknown-key');
  expect(codeOf(acknowledged({}, { ...signerOf('stranger'), kid: 'ingest-1' }))).toBe('tampered');
  expect(codeOf(acknowledged({}, controlSigner))).toBe('wrong-key');
  expect(codeOf(acknowledged({}, stationSigner))).toBe('wrong-key');
  expect(codeOf(acknowledged({ station: OTHER_STATION }))).toBe('wrong-station');
  expect(codeOf(readAcknowledgement(Buffer.from(JSON.stringify(watermark)), reader))).toBe('garbage');
});

test.each<[string, object]>([
  [
    'gaps out of order',
    {
      gaps: [
        [4, 5],
        [2, 2],
      ],
    },
  ],
  [
    'gaps that touch',
    {
      gaps: [
        [2, 3],
        [4, 5],
      ],
    },
  ],
  ['a gap turned round', { gaps: [[3, 2]] }],
  ['a gap at the watermark', { gaps: [[6, 7]] }],
  ['a gap of zero', { gaps: [[0, 1]] }],
  ['a negative watermark', { upto: -1 }],
  ['no epoch', { epoch: undefined }],
])('TB-MSG-053 %s is invalid', (_, changes) => expect(codeOf(acknowledged(changes))).toBe('invalid'));

test('TB-MSG-054 a receipt proves one event and no other', () => {
  const event = { epoch: 'e', seq: 3, id: '01935d2e-1111-7000-8000-000000000001', hash: 'a'.repeat(64) };
  const message = signReceipt({ station: STATION, ...event, committedAt: at }, ingestSigner);
  expect(codeOf(readReceipt(message, reader, event))).toBe('believed');
  expect(codeOf(readReceipt(message, reader, { ...event, hash: 'b'.repeat(64) }))).toBe('fork');
  expect(codeOf(readReceipt(message, reader, { ...event, seq: 4 }))).toBe('invalid');
  expect(codeOf(readReceipt(message, { ...reader, station: OTHER_STATION }, event))).toBe('wrong-station');
  expect(
    codeOf(
      readReceipt(
        message.map((byte, n) => (n === 90 ? byte ^ 1 : byte)),
        reader,
        event,
      ),
    ),
  ).not.toBe('believed');
});

const command = {
  station: STATION,
  id: '8b0e4c1c-5a55-4c1b-9a5e-111111111111',
  cmdSeq: 5,
  name: 'resend',
  args: { epoch: 'e', from: 1, upto: 4 },
  notBefore: '2026-11-22T01:00:00.000Z',
  expires: '2026-11-22T03:00:00.000Z',
};
const commanded = (changes: object, lastCmdSeq = 4, nowMs = NOW_MS) =>
  codeOf(
    readCommand(signServerWord('cmd', { ...command, ...changes }, controlSigner), { ...reader, nowMs }, lastCmdSeq),
  );

test('TB-MSG-060 a command has its time', () => {
  expect(commanded({})).toBe('believed');
  expect(commanded({}, 4, Date.parse(command.notBefore))).toBe('believed');
  expect(commanded({}, 4, Date.parse(command.notBefore) - 1)).toBe('not-yet');
  expect(commanded({}, 4, Date.parse(command.expires))).toBe('expired');
});

test('TB-MSG-061 a command is taken once, and none before it any more', () => {
  expect(commanded({}, 5)).toBe('replayed');
  expect(commanded({}, 6)).toBe('replayed');
});

test('TB-MSG-062 only commands of the list, with their arguments', () => {
  for (const name of ['format-disk', 'constructor', '__proto__', '']) expect(commanded({ name })).toBe('not-allowed');
  expect(commanded({ args: { epoch: 'e', from: 0, upto: 4 } })).toBe('invalid');
  expect(commanded({ args: {} })).toBe('invalid');
});

test('TB-MSG-064 a command for another station is not for this one', () => {
  expect(commanded({ station: OTHER_STATION })).toBe('wrong-station');
});

test('TB-MSG-063 settings do not go back', () => {
  const config = signServerWord('config', { station: STATION, rev: 3, doc: { settings: {} }, at }, controlSigner);
  expect(codeOf(readConfig(config, reader, 2))).toBe('believed');
  expect(codeOf(readConfig(config, reader, 3))).toBe('believed');
  expect(codeOf(readConfig(config, reader, 4))).toBe('replayed');
});

test('TB-MSG-024 whoever acknowledges cannot command', () => {
  const forged = signServerWord('cmd', command, ingestSigner);
  expect(codeOf(readCommand(forged, reader, 0))).toBe('wrong-key');
});

test("TB-MSG-024 a station's key does not speak for the server, even where somebody registered it for that", () => {
  const keys = () => verifierOf('station-1', { station: STATION });
  const forged = signServerWord('cmd', command, stationSigner);
  expect(codeOf(readCommand(forged, { ...reader, keys }, 0))).toBe('wrong-key');
});

test('revocations are for everybody', () => {
  const revoke = { rev: 1, minVersion: '0.1.0', revokedStations: [OTHER_STATION], revokedSigners: [], at };
  const read = readServerWord('revoke', signServerWord('revoke', revoke, controlSigner), reader);
  expect(read).toMatchObject({ kind: 'believed', statement: revoke });
});

test('TB-MSG-031 whatever a server signs, it is a statement or a refusal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const payload = Buffer.from(JSON.stringify(value));
      for (const kind of ['ack', 'receipt', 'cmd', 'config', 'orders', 'revoke'] as const) {
        const signer = kind === 'ack' || kind === 'receipt' ? ingestSigner : controlSigner;
        expect(codeOf(readServerWord(kind, signStatement(kind, payload, signer), reader))).toBe('invalid');
      }
    }),
  );
});
