import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { controlSigner, ingestSigner, NOW_MS, registry } from '../../tests/fixtures/contract/keys.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { signServerWord } from '../contract/envelope/server-word.ts';
import { refused } from '../contract/refusals.ts';
import { orderPath } from '../hub/orders-folder.ts';
import { serveOrders } from '../hub/serve-orders.ts';
import { fetchOrder, OrdersFetcher, type OrdersFetcherOptions, type WantedFile } from './fetch-orders.ts';
import { openLinkMemory } from './link-memory-file.ts';
import type { TakenOrders } from './take-orders.ts';
import { wantedOrders } from './wanted-orders.ts';

const BYTES = Buffer.from('a sealed work order');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const WANTED: WantedFile = { sha256: hashOf(BYTES), size: BYTES.length };
const never = new AbortController().signal;

async function served() {
  const folder = tempFolder();
  mkdirSync(`${folder.path}/orders`);
  const server = await serveOrders({ dir: folder.path, host: '127.0.0.1', port: 0, tls: null });
  return {
    url: server.url,
    put: (bytes: Uint8Array, hash = hashOf(bytes)) => writeFileSync(orderPath(folder.path, hash), bytes),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** A server that does what no honest one does. */
async function rogue(answer: RequestListener) {
  const server = createServer(answer);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a file is fetched by its hash, and nothing else is served', async () => {
  await using server = await served();
  server.put(BYTES);
  const options = { url: server.url, limitMs: 5_000 };
  expect(Buffer.from(await fetchOrder(WANTED, options, never))).toEqual(BYTES);
  await expect(fetchOrder({ ...WANTED, sha256: 'a'.repeat(64) }, options, never)).rejects.toMatchObject({
    code: 'ORDERS_UNREACHABLE',
    message: expect.stringContaining('404'),
  });
  for (const path of ['/', '/orders/', '/orders/../server/controlling.pem', `/orders/${WANTED.sha256}.orders`])
    expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  expect((await fetch(`${server.url}/orders/${WANTED.sha256}`, { method: 'POST' })).status).toBe(405);
});

test.each<[string, RequestListener, string]>([
  ['other bytes', (_, response) => void response.end('another work order.'), 'not the file'],
  ['too few', (_, response) => void response.end('short'), 'not the file'],
  ['without end', (_, response) => void response.write('x'.repeat(10_000)), 'more than the 19'],
  ['nothing', () => undefined, 'within 200 ms'],
  [
    'somewhere else',
    (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'no answer',
  ],
])('a server that gives %s is not believed', async (_, answer, message) => {
  using server = await rogue(answer);
  await expect(fetchOrder(WANTED, { url: server.url, limitMs: 200 }, never)).rejects.toMatchObject({
    code: 'ORDERS_UNREACHABLE',
    message: expect.stringContaining(message),
  });
});

test('what is wanted is fetched, tried again after a failure, taken once, and of a refused file there is no second try', async () => {
  await using server = await served();
  const other = Buffer.from('one that is refused');
  let wanted: readonly WantedFile[] = [WANTED, { sha256: hashOf(other), size: other.length }];
  const held = new Set<string>();
  const told: string[] = [];
  const said = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const options: OrdersFetcherOptions = {
    url: server.url,
    limitMs: 5_000,
    retryMaxMs: 1,
    wanted: () => wanted,
    isHeld: (hash) => held.has(hash),
    async take(bytes) {
      if (hashOf(bytes) === hashOf(other)) return refused('expired', 'order');
      held.add(hashOf(bytes));
      return { kind: 'taken' } as TakenOrders;
    },
    onTaken: () => void told.push('taken'),
    onRefused: ({ code }) => {
      told.push(code);
      done.resolve();
    },
    onFault: ({ code }) => {
      told.push(code);
      if (told.length === 2) said.resolve();
    },
    random: () => 0,
  };
  const over = new AbortController();
  const fetcher = new OrdersFetcher(options);
  const running = fetcher.run(over.signal);
  await said.promise;
  server.put(BYTES);
  server.put(other);
  // The bell is heard: nobody waits for the back-off.
  fetcher.look();
  await done.promise;
  wanted = [...wanted];
  fetcher.look();
  over.abort();
  await running;
  expect(told).toEqual(['ORDERS_UNREACHABLE', 'ORDERS_UNREACHABLE', 'taken', 'expired']);
});

test('what is wanted is what the newest pointer names, and only as long as it is believed', () => {
  using folder = tempFolder();
  const reader = { station: 'st-test', keys: registry, nowMs: NOW_MS };
  const keep = (signer: typeof controlSigner) => {
    const pointer = { station: 'st-test', rev: 2, ...WANTED, more: [{ sha256: 'b'.repeat(64), size: 7 }] };
    const signed = signServerWord('orders', { ...pointer, at: '2026-11-22T01:00:00.000Z' }, signer);
    openLinkMemory(folder.path).keepStatement('orders', signed);
    return wantedOrders(folder.path, reader);
  };
  expect(wantedOrders(folder.path, reader)).toEqual([]);
  expect(keep(controlSigner)).toEqual([WANTED, { sha256: 'b'.repeat(64), size: 7 }]);
  expect(keep(ingestSigner)).toEqual([]);
});
