import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fields } from '../../tests/fixtures/contract/events.ts';
import { eventAt, everybody, published, signerFor } from '../../tests/fixtures/hub/chain.ts';
import { signStatement } from '../contract/envelope/jws.ts';
import { upTopic } from '../contract/topics.ts';
import { type JudgeOptions, judge, judgeInPool } from './judge.ts';

const STATION = 'st-judge';
const raw = (envelope: object) =>
  published(STATION, signStatement('event', Buffer.from(JSON.stringify(envelope)), signerFor(STATION)));
const codeOf = (judged: ReturnType<typeof judge>) => (judged.kind === 'dead' ? judged.why.code : judged.kind);

test('an epoch that PostgreSQL cannot hold is a dead letter without a place', () => {
  for (const epoch of ['a\0b', '\ud800'])
    expect(judge(published(STATION, eventAt(STATION, { epoch }).message), everybody)).toMatchObject({
      kind: 'dead',
      place: null,
      why: { code: 'invalid' },
    });
});

test('a place is told only where the key of this very station vouches for it', () => {
  const future = { ...fields({ station: STATION, seq: 7 }), specversion: '2.0' };
  expect(judge(raw(future), everybody)).toMatchObject({ place: { epoch: 'epoch-1', seq: 7 } });
  expect(judge(raw({ ...future, seq: 'seven' }), everybody)).toMatchObject({ place: null });
  const { topic, payload } = raw(future);
  expect(judge({ topic, payload: payload.map((byte, n) => (n === 150 ? byte ^ 1 : byte)) }, everybody)).toMatchObject({
    place: null,
  });
  expect(judge({ topic: upTopic('st-victim', 'ev'), payload }, everybody)).toMatchObject({ place: null });
});

test('lists within lists, ten thousand deep, are a dead letter too', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  const result = `{"id":"8b0e4c1c-5a55-4c1b-9a5e-111111111111","cmdSeq":1,"result":"done","code":null,"at":"2026-11-22T02:00:00.000Z","data":{"a":${deep}}}`;
  const judged = judge({ topic: upTopic(STATION, 'res'), payload: Buffer.from(result) }, everybody);
  expect(['garbage', 'invalid', 'result']).toContain(codeOf(judged));
});

test('words of a station that is not registered are not kept as its words', () => {
  const status = {
    topic: upTopic(STATION, 'status'),
    payload: Buffer.from('{"state":"online","bootId":"b","epoch":"e"}'),
  };
  expect(codeOf(judge(status, everybody))).toBe('word');
  expect(judge(status, { ...everybody, isRegistered: () => false })).toMatchObject({
    station: null,
    why: { code: 'unknown-key' },
  });
  expect(codeOf(judge({ ...status, payload: Buffer.alloc(70_000, 32) }, everybody))).toBe('too-large');
});

test('what is judged in the thread pool is judged the same, all at once and in its order', async () => {
  const good = eventAt(STATION, { seq: 3 });
  const others = [
    published('st-other', good.message),
    published(STATION, eventAt(STATION, { epoch: 'a\0b' }).message),
    raw({ ...fields({ station: STATION, seq: 7 }), specversion: '2.0' }),
    { topic: 'thuengban/v1/srv/state', payload: good.message },
    { topic: upTopic(STATION, 'status'), payload: Buffer.from('{"state":"online","bootId":"b","epoch":"e"}') },
    published(STATION, new Uint8Array(70_000)),
  ];
  const changed = fc.record({ at: fc.nat(good.message.length - 1), flip: fc.nat(255) }).map(({ at, flip }) =>
    published(
      STATION,
      good.message.map((byte, n) => (n === at ? byte ^ flip : byte)),
    ),
  );
  const any = fc.oneof(changed, fc.constantFrom(...others));
  const when = fc.constantFrom<Partial<JudgeOptions>>({}, { keys: () => undefined }, { isRegistered: () => false });
  await fc.assert(
    fc.asyncProperty(fc.array(any, { maxLength: 40 }), when, async (batch, changes) => {
      const options = { ...everybody, ...changes };
      const inPool = await Promise.all(batch.map((one) => judgeInPool(one, options)));
      expect(inPool).toEqual(batch.map((one) => judge(one, options)));
    }),
  );
});
