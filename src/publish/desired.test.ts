import { expect, test } from 'vitest';
import { controlSigner, STATION, signerOf } from '../../tests/fixtures/contract/keys.ts';
import { desired, uplinkBench } from '../../tests/fixtures/link/uplink-bench.ts';
import { messageHash } from '../contract/envelope/jws.ts';
import { signServerWord } from '../contract/envelope/server-word.ts';
import { REVOKE_TOPIC } from '../contract/topics.ts';
import type { Configured } from './port.ts';

/** A control that counts, and says what it is told to say. */
function control(answer: Configured = { kind: 'in-force' }) {
  const revs: number[] = [];
  let restarts = 0;
  return {
    revs,
    restarts: () => restarts,
    restart: () => {
      restarts += 1;
    },
    configure: ({ rev }: { readonly rev: number }) => {
      revs.push(rev);
      return answer;
    },
  };
}

test('TB-MSG-112 settings are taken once, and info reports revision and hash', async () => {
  const hands = control();
  await using bench = uplinkBench({}, { control: hands });
  const message = desired(3);
  bench.say('config', message);
  bench.start();
  const config = { rev: 3, hash: messageHash(message), refused: null };
  await expect.poll(() => bench.told('info').at(-1)).toEqual({ config });
  bench.broker.cut();
  await expect.poll(() => bench.told('status').length).toBe(2);
  await expect.poll(() => bench.told('info').at(-1)).toEqual({ config });
  expect(hands.revs).toEqual([3]);
});

test('TB-MSG-112 settings that need a restart are reported when they are in force', async () => {
  const hands = control({ kind: 'after-restart' });
  await using bench = uplinkBench({}, { control: hands });
  bench.say('config', desired(3));
  bench.start();
  await expect
    .poll(() => bench.told('info').at(-1))
    .toEqual({ config: { rev: 0, hash: null, refused: 'after-restart' } });
  expect(hands.restarts()).toBe(1);
  expect(bench.memory.read().config?.rev).toBe(3);
});

test.each([
  ['that the station refuses', 'not-allowed', 'config invalid', desired(4)],
  ['rolled back', 'replayed', 'config replayed', desired(2)],
  ['of the same revision with other words', 'fork', 'config fork', desired(3, { programmes: [{ id: 'x' }] })],
  ['forged', 'tampered', 'config tampered', desired(4, {}, {}, { kid: 'control-1', key: signerOf('x').key })],
  ['by the key that acknowledges', 'wrong-key', 'config wrong-key', desired(4, {}, {}, signerOf('ingest-1'))],
  ['for another station', 'wrong-station', 'config wrong-station', desired(4, {}, { station: 'st-000002' })],
])('TB-MSG-112 settings %s change nothing, and info says %s', async (_, code, refusal, message) => {
  const hands = control({ kind: 'refused', code: 'not-allowed', detail: 'station.id' });
  await using bench = uplinkBench({}, { control: hands });
  const config = { rev: 3, hash: messageHash(desired(3)) };
  bench.memory.write({ ...bench.memory.read(), config });
  bench.say('config', message);
  bench.start();
  await expect.poll(() => bench.refusals).toEqual([refusal]);
  await expect.poll(() => bench.told('info').at(-1)).toEqual({ config: { ...config, refused: code } });
  expect(bench.memory.read().config).toEqual(config);
});

const AT = '2026-11-22T02:00:00.000Z';
const orders = (rev: number, sha256 = 'a'.repeat(64)) =>
  signServerWord('orders', { station: STATION, rev, sha256, size: 100, at: AT }, controlSigner);
const revoke = (rev: number, minVersion = '0.1.0') =>
  signServerWord('revoke', { rev, minVersion, revokedStations: [], revokedSigners: [], at: AT }, controlSigner);

test('TB-MSG-113 work order and revocations are kept and shown; older and doubled ones are refused', async () => {
  await using bench = uplinkBench();
  bench.say('orders', orders(2));
  bench.broker.tell(REVOKE_TOPIC, revoke(5));
  bench.start();
  const shown = { orders: { rev: 2, sha256: 'a'.repeat(64) }, revoke: { rev: 5, hash: messageHash(revoke(5)) } };
  await expect.poll(() => bench.told('info').at(-1)).toEqual(shown);
  expect(Buffer.from(bench.memory.statements.get('orders') ?? [])).toEqual(Buffer.from(orders(2)));
  bench.say('orders', orders(1));
  bench.say('orders', orders(2, 'b'.repeat(64)));
  bench.broker.tell(REVOKE_TOPIC, revoke(4));
  bench.broker.tell(REVOKE_TOPIC, revoke(5, '0.2.0'));
  await expect.poll(() => bench.refusals).toEqual(['orders replayed', 'orders fork', 'revoke replayed', 'revoke fork']);
  expect(bench.told('info').at(-1)).toEqual(shown);
});

test('whatever comes on any topic, the link goes on', async () => {
  await using bench = uplinkBench();
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  for (const bytes of [Buffer.alloc(0), Buffer.from('{}'), Buffer.alloc(3_000_000, 'a'), Buffer.from('a.b.c')]) {
    for (const channel of ['cmd', 'config', 'orders'] as const) bench.say(channel, bytes, 'x');
    bench.broker.tell(REVOKE_TOPIC, bytes);
  }
  await expect.poll(() => bench.refusals.length).toBe(16);
  await bench.fill(1);
  await expect.poll(bench.seqs).toEqual([1]);
});
