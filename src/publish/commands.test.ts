import { expect, test } from 'vitest';
import { STATION, signerOf } from '../../tests/fixtures/contract/keys.ts';
import { command, uplinkBench } from '../../tests/fixtures/link/uplink-bench.ts';
import { upTopic } from '../contract/topics.ts';
import { MemoryLinkMemory } from './drivers/memory/link-memory.ts';

test('TB-MSG-110 a command is answered on res: its id, its correlation data, an hour to live', async () => {
  await using bench = uplinkBench();
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', command(1), 'abc');
  await expect.poll(bench.results).toMatchObject([{ cmdSeq: 1, result: 'done', code: null, correlation: 'abc' }]);
  const sent = bench.broker.received.find(({ topic }) => topic === upTopic(STATION, 'res'));
  expect(sent).toMatchObject({ qos: 1, retain: false, expiryS: 3600 });
  // `report`: info and health again.
  await expect.poll(() => bench.told('info').length).toBe(2);
  await expect.poll(() => bench.told('health').length).toBe(2);
  expect(bench.others).toEqual(['report 1 done null']);
});

test.each([
  ['forged', 'tampered', command(1, 'restart', {}, { kid: 'control-1', key: signerOf('nobody').key })],
  ['of somebody unknown', 'unknown-key', command(1, 'restart', {}, signerOf('nobody'))],
  ['by the key that acknowledges', 'wrong-key', command(1, 'restart', {}, signerOf('ingest-1'))],
  ['for another station', 'wrong-station', command(1, 'restart', { station: 'st-000002' })],
  ['in the clear', 'garbage', Buffer.from('{"name":"restart"}')],
])('TB-MSG-110 a command %s is %s, not answered and not obeyed', async (_, code, message) => {
  let restarts = 0;
  await using bench = uplinkBench(
    {},
    { control: { restart: () => (restarts += 1), configure: () => ({ kind: 'in-force' }) } },
  );
  bench.start();
  bench.say('cmd', message, 'x');
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', message, 'x');
  await expect.poll(() => bench.refusals[0]).toBe(`cmd ${code}`);
  expect(bench.results()).toEqual([]);
  expect(restarts).toBe(0);
  expect(bench.memory.read().lastCmdSeq).toBe(0);
});

test.each([
  ['expired', 'expired', { expires: '2026-11-22T01:59:59.000Z' }],
  ['of tomorrow', 'not-yet', { notBefore: '2026-11-23T00:00:00.000Z' }],
  ['not on the list', 'not-allowed', { name: 'open-a-shell' }],
  ['with wrong arguments', 'invalid', { name: 'resend', args: { from: 0 } }],
  ['with a number that was used', 'replayed', { cmdSeq: 5 }],
])('a command %s is answered as refused (%s), and its number is not taken', async (_, code, rest) => {
  await using bench = uplinkBench();
  bench.memory.write({ ...bench.memory.read(), lastCmdSeq: 5 });
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', command(6, 'restart', rest), 'x');
  await expect.poll(bench.results).toMatchObject([{ result: 'refused', code }]);
  expect(bench.refusals).toEqual([`cmd ${code}`]);
  expect(bench.memory.read().lastCmdSeq).toBe(5);
});

test('TB-MSG-109 the number is on the disk before the command is obeyed; a repetition is answered as before and not obeyed', async () => {
  const memory = new MemoryLinkMemory();
  const seen: number[] = [];
  const control = {
    restart: () => seen.push(memory.read().lastCmdSeq),
    configure: () => ({ kind: 'in-force' }) as const,
  };
  await using bench = uplinkBench({}, { memory, control });
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', command(7, 'restart'), 'first');
  await expect.poll(bench.results).toMatchObject([{ result: 'done', data: { when: 'between-visits' } }]);
  await expect.poll(() => seen).toEqual([7]);
  bench.say('cmd', command(7, 'restart'), 'second');
  await expect.poll(bench.results).toMatchObject([{ correlation: 'first' }, { result: 'done', correlation: 'second' }]);
  expect(seen).toEqual([7]);
  expect(bench.refusals).toEqual([]);
});

test('TB-MSG-109 a command that the station did not live to answer is answered as interrupted', async () => {
  await using bench = uplinkBench();
  const { id } = { id: '01935d2e-0000-7000-8000-000000000009' };
  const lastCommand = { id, result: null, isTold: false, correlation: null };
  bench.memory.write({ ...bench.memory.read(), lastCmdSeq: 9, lastCommand });
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', command(9, 'report'), 'x');
  await expect.poll(bench.results).toMatchObject([{ id, result: 'failed', code: 'interrupted' }]);
});

test('an answer that the broker did not take is told on the next connection', async () => {
  await using bench = uplinkBench();
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.broker.mode = 'silent';
  bench.say('cmd', command(1, 'report'), 'x');
  await expect.poll(() => bench.results().length).toBe(1);
  bench.broker.mode = 'up';
  bench.broker.cut();
  await expect.poll(() => bench.results().length).toBe(2);
  expect(bench.results()[1]).toMatchObject({ cmdSeq: 1, result: 'done', correlation: 'x' });
  await expect.poll(() => bench.memory.read().lastCommand?.isTold).toBe(true);
});

test('resend sends settled events again, in this epoch only, and not too many at once', async () => {
  await using bench = uplinkBench();
  await bench.fill(6);
  bench.acknowledge(6);
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  const { epoch } = bench.journal;
  bench.say('cmd', command(1, 'resend', { args: { epoch, from: 2, upto: 3 } }), 'a');
  await expect.poll(bench.seqs).toEqual([2, 3]);
  bench.say('cmd', command(2, 'resend', { args: { epoch: 'another', from: 1, upto: 6 } }), 'b');
  bench.say('cmd', command(3, 'resend', { args: { epoch, from: 6, upto: 900_000_000 } }), 'c');
  await expect
    .poll(() => bench.results().map(({ result, code, data }) => [result, code, data]))
    .toEqual([
      ['done', null, { events: 2 }],
      ['refused', 'other-epoch', undefined],
      ['done', null, { events: 1 }],
    ]);
});

test.each(['rotate-keys', 'fetch-update'])(
  'TB-MSG-111 %s cannot be carried out yet, and that is what is answered',
  async (name) => {
    await using bench = uplinkBench();
    bench.start();
    await expect.poll(() => bench.told('info').length).toBe(1);
    bench.say('cmd', command(1, name), 'x');
    await expect.poll(bench.results).toMatchObject([{ result: 'refused', code: 'not-available' }]);
  },
);

test("a clock that stands in the past is put right by the server's signed time", async () => {
  await using bench = uplinkBench({}, { nowMs: () => Date.parse('2020-01-01T00:00:00.000Z') });
  bench.acknowledge(0, { at: '2026-11-22T02:59:00.000Z' });
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.say('cmd', command(1, 'report'), 'a');
  bench.say('cmd', command(2, 'report', { expires: '2026-11-22T02:58:00.000Z' }), 'b');
  await expect
    .poll(() => bench.results().map(({ result, code }) => [result, code]))
    .toEqual([
      ['done', null],
      ['refused', 'expired'],
    ]);
});
