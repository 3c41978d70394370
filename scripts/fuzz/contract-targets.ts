import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readEvent, signEvent } from '../../src/contract/envelope/event.ts';
import { signStatement } from '../../src/contract/envelope/jws.ts';
import type { Verifier } from '../../src/contract/envelope/keys.ts';
import { unseal } from '../../src/contract/envelope/sealed.ts';
import { readCommand, readServerWord, type ServerKind } from '../../src/contract/envelope/server-word.ts';
import { SIGNED_KINDS } from '../../src/contract/messages.ts';
import { REFUSALS } from '../../src/contract/refusals.ts';
import { downTopic, parseTopic, upTopic } from '../../src/contract/topics.ts';
import { ascii, mustHold } from './bytes.ts';
import type { Target } from './targets.ts';

const STATION = 'st-000001';
const NOW_MS = Date.parse('2026-11-22T02:00:00.000Z');
/** PKCS #8 of RFC 8410 around 32 equal bytes: the same keys on every run, so that a seed repeats its inputs. */
const keyOf = (algorithm: '70' | '6e') =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from(`302e020100300506032b65${algorithm}04220420`, 'hex'), Buffer.alloc(32, 7)]),
    format: 'der',
    type: 'pkcs8',
  });
const signer = { kid: 'k', key: keyOf('70') };
const openingKey = keyOf('6e');
const verifier = (station: string | null): Verifier => ({
  key: createPublicKey(signer.key),
  station,
  kinds: SIGNED_KINDS,
  refusedFrom: null,
});
const SERVER_KINDS: readonly ServerKind[] = ['ack', 'receipt', 'cmd', 'config', 'orders', 'revoke'];

const event = {
  id: '01935d2e-1111-7000-8000-000000000001',
  station: STATION,
  epoch: 'e',
  seq: 1,
  prev: null,
  type: 'th.thuengban.station.tested.v1',
  time: '2026-11-22T02:00:00.000Z',
  clock: { state: 'synced', bootId: 'b', monotonicMs: 1 },
  data: { nonce: 'n' },
} as const;
const at = event.time;
const words = [
  { station: STATION, epoch: 'e', upto: 7, gaps: [[2, 3]], quarantined: [{ seq: 4, code: 'fork' }], at },
  { station: STATION, epoch: 'e', seq: 1, id: event.id, hash: 'a'.repeat(64), committedAt: at },
  {
    station: STATION,
    id: event.id,
    cmdSeq: 5,
    name: 'report',
    args: {},
    notBefore: at,
    expires: '2026-11-23T02:00:00.000Z',
  },
  { station: STATION, rev: 3, doc: { settings: { a: 1 } }, at },
  { station: STATION, rev: 3, sha256: 'a'.repeat(64), size: 7, at },
  { rev: 1, minVersion: '0.1.0', revokedStations: [STATION], revokedSigners: [{ kid: 'k', from: at }], at },
];
const message = signEvent(event, signer).message;
const payload = Buffer.from(Buffer.from(message).toString('latin1').split('.')[1] ?? '', 'base64url');
/** Sealed to `openingKey` with zeros for the text: it has the shape and never opens. */
const sealed = [
  Buffer.from(
    JSON.stringify({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: 'k',
      epk: createPublicKey(openingKey).export({ format: 'jwk' }),
    }),
  ).toString('base64url'),
  '',
  'A'.repeat(16),
  'A'.repeat(342),
  'A'.repeat(22),
].join('.');

const mustBeCoded = (read: { readonly kind: string; readonly code?: string; readonly detail?: string }) => {
  if (read.kind === 'refused') mustHold(Object.hasOwn(REFUSALS, read.code ?? ''), 'a refusal has a code of the table');
  mustHold((read.detail ?? '').length < 1_000, 'a refusal says little');
};

/** What comes through the broker: topics, envelopes as they are, and envelopes that somebody with a key made odd. */
export const CONTRACT_TARGETS: Readonly<Record<string, Target>> = {
  'MQTT topics': {
    samples: [
      upTopic(STATION, 'ev'),
      downTopic(STATION, 'ack'),
      'thuengban/v1/all/revoke',
      'thuengban/v2/up/2/st-1/ev',
    ].map(ascii),
    run: (input) => {
      const topic = new TextDecoder().decode(input);
      const read = parseTopic(topic);
      if (read.kind === 'up') mustHold(upTopic(read.station, read.channel) === topic, 'one spelling');
      if (read.kind === 'down') mustHold(downTopic(read.station, read.channel) === topic, 'one spelling');
      mustBeCoded(read);
    },
  },
  'event envelopes': {
    samples: [message],
    run: (input) => {
      const read = readEvent(input, { station: STATION, keys: () => verifier(STATION), nowMs: NOW_MS });
      mustBeCoded(read);
      if (read.kind === 'event') mustHold(Buffer.from(input).equals(message), 'only what was signed is believed');
    },
  },
  'signed events': {
    // The mutated text is signed: a station gone wrong, or a stolen key.
    samples: [payload],
    run: (input) =>
      mustBeCoded(
        readEvent(signStatement('event', input, signer), {
          station: STATION,
          keys: () => verifier(STATION),
          nowMs: NOW_MS,
        }),
      ),
  },
  "the server's statements": {
    samples: words.map((word) => ascii(JSON.stringify(word))),
    run: (input) => {
      const reader = { station: STATION, keys: () => verifier(null), nowMs: NOW_MS };
      const kind = SERVER_KINDS[input.length % SERVER_KINDS.length] ?? 'ack';
      const read = readServerWord(kind, signStatement(kind, input, signer), reader);
      mustBeCoded(read);
      mustBeCoded(readServerWord(kind, input, reader));
      mustBeCoded(readCommand(signStatement('cmd', input, signer), reader, 4));
    },
  },
  'sealed data': {
    samples: [ascii(sealed)],
    run: async (input) => {
      const read = await unseal(new TextDecoder().decode(input), () => openingKey);
      mustBeCoded(read);
      mustHold(read.kind === 'refused', 'nothing opens that was not sealed');
    },
  },
};
