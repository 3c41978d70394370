import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATION_ID } from './ids.ts';
import {
  DOWN_CHANNELS,
  downTopic,
  INGEST_STATE_TOPIC,
  parseTopic,
  REVOKE_TOPIC,
  SHARDS,
  shardFilter,
  shardOf,
  topicsOf,
  UP_CHANNELS,
  upTopic,
} from './topics.ts';

const anyStation = fc.stringMatching(STATION_ID);

test('TB-MSG-001 no topic is made of what is no station id', () => {
  for (const bad of ['', 'a', '+', '#', 'st-1/ev', 'ST-1', '-st-1', 'st 1', `s${'t'.repeat(32)}`, 'st-1\n', '$SYS']) {
    expect(() => upTopic(bad, 'ev')).toThrow(RangeError);
    expect(() => downTopic(bad, 'ack')).toThrow(RangeError);
    expect(() => topicsOf(bad)).toThrow(RangeError);
  }
  for (const shard of [-1, SHARDS, 1.5, Number.NaN]) expect(() => shardFilter(shard)).toThrow(RangeError);
});

test('TB-MSG-002 a station has one shard of 64, the one that is written down, and stations spread over them', () => {
  // Known answers, so that another implementation can be checked: FNV-1a of the id, modulo 64.
  expect(['st-000001', 'st-000002', 'st-demo'].map(shardOf)).toEqual([2, 47, 14]);
  expect(upTopic('st-000001', 'ev')).toBe('thuengban/v1/up/2/st-000001/ev');
  expect(shardFilter(5)).toBe('thuengban/v1/up/5/+/+');
  const shards = Array.from({ length: 1_000 }, (_, n) => shardOf(`st-${n}`));
  expect(shards.every((shard) => Number.isInteger(shard) && shard >= 0 && shard < SHARDS)).toBe(true);
  expect(new Set(shards).size).toBeGreaterThan(60);
});

test('TB-MSG-003 what is written is read, for every station and channel', () => {
  fc.assert(
    fc.property(anyStation, (station) => {
      for (const channel of UP_CHANNELS)
        expect(parseTopic(upTopic(station, channel))).toEqual({
          kind: 'up',
          station,
          shard: shardOf(station),
          channel,
        });
      for (const channel of DOWN_CHANNELS)
        expect(parseTopic(downTopic(station, channel))).toEqual({ kind: 'down', station, channel });
    }),
  );
  expect(parseTopic(REVOKE_TOPIC)).toEqual({ kind: 'revoke' });
  expect(parseTopic(INGEST_STATE_TOPIC)).toEqual({ kind: 'ingest-state' });
});

test.each([
  '',
  'thuengban',
  'thuengban/v1',
  'thuengban/v1/up/2/st-000001',
  'thuengban/v1/up/2/st-000001/ev/',
  '/thuengban/v1/up/2/st-000001/ev',
  'thuengban/v1/up/3/st-000001/ev',
  'thuengban/v1/up/02/st-000001/ev',
  'thuengban/v1/up/2/st-000001/ack',
  'thuengban/v1/down/st-000001/ev',
  'thuengban/v1/up/+/st-000001/ev',
  'thuengban/v1/down/#',
  'thuengban/v01/up/2/st-000001/ev',
  'Thuengban/v1/up/2/st-000001/ev',
  'thuengban/v1/all/revoke/',
])('TB-MSG-003 refuses %j', (topic) => expect(parseTopic(topic)).toMatchObject({ kind: 'refused', code: 'garbage' }));

test('TB-MSG-004 another major version is named', () => {
  expect(parseTopic('thuengban/v2/up/2/st-000001/ev')).toMatchObject({ kind: 'refused', code: 'unknown-major' });
});

test('TB-MSG-031 whatever the topic, it is read or refused, and what is read is spelled so', () => {
  const near = fc.array(fc.constantFrom('thuengban', 'v1', 'v2', 'up', 'down', '2', 'st-000001', 'ev', 'ack', '+', ''));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        near.map((levels) => levels.join('/')),
      ),
      (topic) => {
        const read = parseTopic(topic);
        if (read.kind === 'up') expect(upTopic(read.station, read.channel)).toBe(topic);
        if (read.kind === 'down') expect(downTopic(read.station, read.channel)).toBe(topic);
      },
    ),
  );
});
