import { expect, test } from 'vitest';
import { signerOf } from '../../tests/fixtures/contract/keys.ts';
import { acknowledgement, topics, uplinkBench } from '../../tests/fixtures/link/uplink-bench.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('everything that waited is sent in order, then what is appended later', async () => {
  await using bench = uplinkBench();
  await bench.fill(30);
  bench.start();
  await expect.poll(bench.seqs).toEqual(upTo(30));
  await bench.fill(1);
  await expect.poll(bench.seqs).toEqual(upTo(31));
  await expect.poll(() => bench.sent.length).toBe(31);
  expect(bench.journal.counts()).toMatchObject({ pending: 0, unsettled: 31 });
});

test('a broker that is away loses nothing: the station dials until it is back, later and later', async () => {
  await using bench = uplinkBench();
  bench.broker.mode = 'down';
  await bench.fill(3);
  bench.start();
  const failures = () => bench.states.filter((state) => state.kind === 'dialling' && state.code !== null).length;
  await expect.poll(failures).toBeGreaterThan(2);
  expect(bench.journal.counts().pending).toBe(3);
  bench.broker.mode = 'up';
  await expect.poll(bench.seqs).toEqual([1, 2, 3]);
});

test('what was not acknowledged before the link broke is sent again, the same message byte for byte', async () => {
  await using bench = uplinkBench();
  await bench.fill(2);
  bench.start();
  await expect.poll(bench.seqs).toEqual([1, 2]);
  bench.broker.cut();
  await expect.poll(bench.seqs).toEqual([1, 2, 1, 2]);
  const [a, , b] = bench.broker.received.filter(({ topic }) => topic === topics.events);
  expect(Buffer.from(a?.payload ?? []).equals(b?.payload ?? new Uint8Array())).toBe(true);
  await expect.poll(() => bench.sent.filter(({ isAgain }) => isAgain).length).toBe(2);
});

test('TB-MSG-102 the retained watermark is heard before anything is sent: what the server has is not sent again', async () => {
  await using bench = uplinkBench({ acknowledgementWaitMs: 60_000 });
  await bench.fill(5);
  bench.ingest('online');
  bench.acknowledge(3);
  bench.start();
  await expect.poll(bench.seqs).toEqual([4, 5]);
  expect(bench.journal.counts().unsettled).toBe(2);
  expect(bench.journal.lastAcknowledgement()).not.toBeNull();
});

test('TB-MSG-055 an acknowledgement settles, and its signed bytes are handed to the journal', async () => {
  await using bench = uplinkBench();
  await bench.fill(2);
  bench.start();
  await expect.poll(bench.seqs).toEqual([1, 2]);
  bench.acknowledge(2);
  await expect.poll(() => bench.journal.counts().unsettled).toBe(0);
  expect(Buffer.from(bench.journal.lastAcknowledgement() ?? [])).toEqual(
    Buffer.from(acknowledgement(bench.journal.epoch, 2)),
  );
});

const other = '0'.repeat(64);
test.each([
  ['of somebody unknown', 'unknown-key', (epoch: string) => acknowledgement(epoch, 2, {}, signerOf('nobody'))],
  ['under the name of the ingest', 'tampered', (epoch: string) => forged(epoch)],
  ['by a station', 'wrong-key', (epoch: string) => acknowledgement(epoch, 2, {}, signerOf('station-2'))],
  [
    'by the key that gives commands',
    'wrong-key',
    (epoch: string) => acknowledgement(epoch, 2, {}, signerOf('control-1')),
  ],
  ['for another station', 'wrong-station', (epoch: string) => acknowledgement(epoch, 2, { station: 'st-000002' })],
  ['in the clear', 'garbage', (epoch: string) => Buffer.from(JSON.stringify({ epoch, upto: 2, gaps: [] }))],
  ['TB-MSG-101 beyond the last event', 'fork', (epoch: string) => acknowledgement(epoch, 3)],
  ['TB-MSG-101 with another head', 'fork', (epoch: string) => acknowledgement(epoch, 2, { head: other })],
])('TB-MSG-100 an acknowledgement %s is %s and changes nothing', async (_, code, make) => {
  await using bench = uplinkBench();
  await bench.fill(2);
  bench.broker.tell(topics.acknowledgement, make(bench.journal.epoch));
  bench.start();
  await expect.poll(() => bench.refusals).toEqual([`ack ${code}`]);
  await expect.poll(bench.seqs).toEqual([1, 2]);
  expect(bench.journal.counts().unsettled).toBe(2);
  // The server's word of other events is kept, as the proof.
  expect(bench.journal.lastAcknowledgement() !== null).toBe(code === 'fork');
});

test('a refusal of the broker is told as one, and the event stays', async () => {
  await using bench = uplinkBench();
  await bench.fill(1);
  bench.broker.reason = 0x87;
  bench.start();
  const isTold = () => bench.states.some((state) => state.kind === 'dialling' && state.code === 'BROKER_REFUSED');
  await expect.poll(isTold).toBe(true);
  expect(bench.journal.counts().pending).toBe(1);
});

test('the retained info message tells the parts on connecting and after a change', async () => {
  let parts = 'all well';
  let changed: () => void = () => undefined;
  const onInfoChange = (listener: () => void) => {
    changed = listener;
    return () => undefined;
  };
  await using bench = uplinkBench({}, { info: () => ({ parts }), onInfoChange });
  bench.start();
  await expect.poll(() => bench.told('info')).toEqual([{ parts: 'all well' }]);
  parts = 'camera gone';
  changed();
  await expect.poll(() => bench.told('info').at(-1)).toEqual({ parts: 'camera gone' });
});

test('status counts the connections of one boot, and says goodbye', async () => {
  {
    await using bench = uplinkBench();
    bench.start();
    await expect.poll(() => bench.told('status').length).toBe(1);
    bench.broker.cut();
    await expect.poll(() => bench.told('status').length).toBe(2);
    const { broker } = bench;
    await bench[Symbol.asyncDispose]();
    const said = broker.received.filter(({ topic }) => topic === topics.status);
    expect(said.map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)))).toMatchObject([
      { state: 'online', session: 1 },
      { state: 'online', session: 2 },
      { state: 'offline', session: 2, bootId: 'boot-1', epoch: bench.journal.epoch },
    ]);
  }
});

/** Signed by somebody else who calls himself the ingest. */
function forged(epoch: string): Uint8Array {
  return acknowledgement(epoch, 2, {}, { kid: 'ingest-1', key: signerOf('nobody').key });
}
