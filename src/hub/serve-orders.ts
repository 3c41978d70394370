import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { StationFault } from '../shared/fault.ts';
import { orderPath } from './orders-folder.ts';

export interface ServeOrdersOptions {
  readonly dir: string;
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** PEM; `null` = plain HTTP, which is enough for what is sealed and signed. */
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | null;
}

export interface OrdersServer extends AsyncDisposable {
  /** Where stations ask: their setting `orders.url`. */
  readonly url: string;
}

const REQUEST_LIMIT_MS = 30_000;

/**
 * Serves sealed work orders at `/orders/{sha256}`. Whoever knows the hash may have the file: it opens for its station only.
 * @throws StationFault `HUB_ORDERS` when the port is taken
 */
export async function serveOrders({ dir, host, port, tls }: ServeOrdersOptions): Promise<OrdersServer> {
  const answer: RequestListener = (request, response) => {
    const [, hash] = /^\/orders\/([0-9a-f]{64})$/.exec(request.url ?? '') ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const bytes = hash !== undefined && isRead ? fileAt(orderPath(dir, hash)) : undefined;
    const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    if (!bytes) return void response.writeHead(isRead ? 404 : 405, headers).end();
    response.writeHead(200, { ...headers, 'content-type': 'application/jose', 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
  const limits = { requestTimeout: REQUEST_LIMIT_MS, headersTimeout: REQUEST_LIMIT_MS };
  const server = tls
    ? createHttpsServer({ ...limits, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) }, answer)
    : createHttpServer(limits, answer);
  await listening(server, host, port);
  const address = server.address();
  const at = typeof address === 'object' && address ? address.port : port;
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${at}`,
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

function fileAt(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (cause) => reject(new StationFault('HUB_ORDERS', `${host}:${port}`, cause.message, { cause })));
  server.listen(port, host, resolve);
  return promise;
}
