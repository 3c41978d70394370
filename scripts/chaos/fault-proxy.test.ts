import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { MqttCutter } from './mqtt-cutter.ts';

/** A server that sends back what it gets. */
async function echo() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function client(proxy: FaultProxy): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const connected = Promise.withResolvers<void>();
  socket.once('connect', connected.resolve);
  socket.once('close', connected.resolve);
  await connected.promise;
  return socket;
}

async function roundTrip(socket: Socket, bytes: Buffer): Promise<number> {
  const startedAt = performance.now();
  let left = bytes.length;
  socket.write(bytes);
  for await (const [chunk] of on(socket)) {
    left -= chunk.length;
    if (left <= 0) break;
  }
  return performance.now() - startedAt;
}

/** A reset is an error too; only the end counts here. */
function closed(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (socket.closed) resolve();
  socket.once('close', () => resolve());
  return promise;
}

async function* on(socket: Socket) {
  for (;;) yield (await once(socket, 'data')) as [Buffer];
}

test('delay and bandwidth are what was asked for', async () => {
  await using server = await echo();
  await using proxy = await startFaultProxy({ targetPort: server.port, random: () => 0.5, faults: { delayMs: 25 } });
  const socket = await client(proxy);
  expect(await roundTrip(socket, Buffer.from('x'))).toBeGreaterThan(49);
  proxy.set({ delayMs: 0, bitsPerSecond: 800_000 });
  // 20,000 bytes at 100 kB/s take 200 ms, there and back at once.
  const tookMs = await roundTrip(socket, Buffer.alloc(20_000));
  expect(tookMs).toBeGreaterThan(195);
  expect(tookMs).toBeLessThan(600);
  expect(proxy.counts).toMatchObject({ connections: 1, bytesUp: 20_001, bytesDown: 20_001 });
  socket.destroy();
});

test('a black hole holds everything back until it ends', async () => {
  await using server = await echo();
  await using proxy = await startFaultProxy({
    targetPort: server.port,
    random: () => 0.5,
    faults: { isBlackHole: true },
  });
  const socket = await client(proxy);
  let got = '';
  socket.on('data', (chunk: Buffer) => {
    got += chunk.toString();
  });
  socket.write('hello');
  await expect.poll(() => proxy.counts.bytesUp).toBe(5);
  expect(got).toBe('');
  proxy.set({ isBlackHole: false });
  await expect.poll(() => got).toBe('hello');
  socket.destroy();
});

test('connections are cut and refused', async () => {
  await using server = await echo();
  await using proxy = await startFaultProxy({
    targetPort: server.port,
    random: () => 0.5,
    faults: { killAfterMs: 20 },
  });
  await closed(await client(proxy));
  expect(proxy.counts.cut).toBe(1);
  proxy.set({ killAfterMs: null });
  const socket = await client(proxy);
  await roundTrip(socket, Buffer.from('x'));
  expect(proxy.cut()).toBe(1);
  await closed(socket);
  proxy.set({ isRefusing: true });
  await closed(await client(proxy));
});

const publish = (topic: string, payload: string) => {
  const body = Buffer.concat([
    Buffer.from([0, topic.length]),
    Buffer.from(topic),
    Buffer.from([0, 1, 0]),
    Buffer.from(payload),
  ]);
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return Buffer.concat([Buffer.from([0x32, ...length]), body]);
};
const PUBACK = Buffer.from([0x40, 2, 0, 1]);

test('packets are cut the same however the bytes come, and chosen ones are swallowed', async () => {
  const stream = Buffer.concat([publish('a/ev', 'x'.repeat(300)), PUBACK, publish('b/ack', 'y'), PUBACK]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 }), (sizes) => {
      const cutter = new MqttCutter();
      let rest = stream;
      const found = [...sizes, stream.length].flatMap((size) => {
        const chunk = rest.subarray(0, size);
        rest = rest.subarray(size);
        return cutter.push(chunk);
      });
      expect(found.map(({ type, topic }) => [type, topic])).toEqual([
        [3, 'a/ev'],
        [4, undefined],
        [3, 'b/ack'],
        [4, undefined],
      ]);
    }),
  );
  await using server = await echo();
  const swallow = ({ type }: { readonly type: number }, direction: string) => type === 4 && direction === 'down';
  await using proxy = await startFaultProxy({ targetPort: server.port, random: () => 0.5, faults: { swallow } });
  const socket = await client(proxy);
  let got = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    got = Buffer.concat([got, chunk]);
  });
  socket.write(stream);
  await expect.poll(() => got.length).toBe(stream.length - 2 * PUBACK.length);
  expect(proxy.counts.swallowed).toBe(2);
  socket.destroy();
});
