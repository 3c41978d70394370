import { createPrivateKey, createPublicKey } from 'node:crypto';
import { signEvent } from '../../src/contract/envelope/event.ts';
import { signStatement } from '../../src/contract/envelope/jws.ts';
import type { Verifier } from '../../src/contract/envelope/keys.ts';
import { REFUSALS } from '../../src/contract/refusals.ts';
import { upTopic } from '../../src/contract/topics.ts';
import { judge } from '../../src/hub/judge.ts';
import { parseShards } from '../../src/hub/shards.ts';
import { ascii, mustHold } from './bytes.ts';
import type { Target } from './targets.ts';

const STATION = 'st-000001';
/** PKCS #8 of RFC 8410 around 32 equal bytes: the same key on every run. */
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 9)]),
  format: 'der',
  type: 'pkcs8',
});
const signer = { kid: 'k', key };
const verifier: Verifier = { key: createPublicKey(key), station: STATION, kinds: ['event'], refusedFrom: null };
const options = {
  keys: (kid: string) => (kid === 'k' ? verifier : undefined),
  isRegistered: (station: string) => station === STATION,
  nowMs: Date.parse('2026-11-22T02:00:00.000Z'),
};
const { message } = signEvent(
  {
    id: '01935d2e-1111-7000-8000-000000000001',
    station: STATION,
    epoch: 'e',
    seq: 1,
    prev: null,
    type: 'th.thuengban.station.tested.v1',
    time: '2026-11-22T02:00:00.000Z',
    clock: { state: 'synced', bootId: 'b', monotonicMs: 1 },
    data: { nonce: 'n' },
  },
  signer,
);
const payload = Buffer.from(Buffer.from(message).toString('latin1').split('.')[1] ?? '', 'base64url');
const words = [
  '{"state":"online","bootId":"b","epoch":"e"}',
  '{"at":"2026-11-22T02:00:00.000Z","figures":{"a":1}}',
  '{"id":"8b0e4c1c-5a55-4c1b-9a5e-111111111111","cmdSeq":1,"result":"done","code":null,"at":"2026-11-22T02:00:00.000Z","data":{"a":[]}}',
];
const CHANNELS = ['status', 'health', 'res', 'info'] as const;

/** Whatever comes, the ingest has a word for it, and what it keeps can be kept. */
const mustBeJudged = (topic: string, bytes: Uint8Array) => {
  const judged = judge({ topic, payload: bytes }, options);
  if (judged.kind === 'dead') {
    mustHold(Object.hasOwn(REFUSALS, judged.why.code), 'a dead letter has a code of the table');
    mustHold(judged.why.detail.length < 1_000, 'a dead letter says little');
  } else if (judged.kind === 'event') mustHold(!/\0/.test(judged.event.envelope.epoch), 'no NUL in a key');
  else mustHold(!/\\u0000/.test(judged.doc), 'no NUL in a document');
  return judged;
};

/** What an ingest judges, as it comes from the broker. */
export const HUB_TARGETS: Readonly<Record<string, Target>> = {
  "the ingest's envelopes": {
    samples: [message],
    run: (input) => {
      const judged = mustBeJudged(upTopic(STATION, 'ev'), input);
      if (judged.kind === 'event') mustHold(Buffer.from(input).equals(message), 'only what was signed is believed');
      if (judged.kind === 'dead') mustHold(judged.place === null, 'no place without a signature');
    },
  },
  "the ingest's signed events": {
    samples: [payload],
    run: (input) => mustBeJudged(upTopic(STATION, 'ev'), signStatement('event', input, signer)),
  },
  "the ingest's topics": {
    samples: [upTopic(STATION, 'ev'), upTopic(STATION, 'status'), 'thuengban/v1/srv/state'].map(ascii),
    run: (input) => mustBeJudged(new TextDecoder().decode(input), message),
  },
  'words of stations': {
    samples: words.map(ascii),
    run: (input) => mustBeJudged(upTopic(STATION, CHANNELS[input.length % CHANNELS.length] ?? 'status'), input),
  },
  'lists of shards': {
    samples: ['0-31', '3,7,40-63'].map(ascii),
    run: (input) => {
      const shards = parseShards(new TextDecoder().decode(input)) ?? [];
      mustHold(
        new Set(shards).size === shards.length && shards.every((shard) => shard >= 0 && shard < 64),
        'shards that are',
      );
    },
  },
};
