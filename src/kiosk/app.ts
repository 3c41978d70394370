import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { refusal, securityHeaders } from './guard.ts';
import type { KioskHost } from './host.ts';
import { MAX_MESSAGE_BYTES, SOCKET_ROLES } from './messages.ts';
import { type KioskLog, KioskSocket } from './socket.ts';

/** A station has a citizen's screen, an operator's and a panel; more than this is a fault or an attack. */
const MAX_SOCKETS = 16;

export interface KioskOptions {
  /** Folder with the built pages (`dist/ui`). */
  readonly uiDir: string;
  readonly log: KioskLog;
}

/** The routes and the open sockets, not yet listening. @param port known only after listening, hence a function */
export function buildKioskApp(host: KioskHost, { uiDir, log }: KioskOptions, port: () => number) {
  const app = fastify({ bodyLimit: 1, forceCloseConnections: true, exposeHeadRoutes: true });
  const sockets = new Set<KioskSocket>();

  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('not found\n'));
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) log('kiosk-request-failed', { error });
    return reply.code(status).type('text/plain').send('failed\n');
  });

  app.register(fastifyWebsocket, {
    options: { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false },
    // A message too long or not UTF-8: ws has already closed the socket with the right code.
    errorHandler: (_error, socket) => socket.terminate(),
  });
  // After the socket plugin's own hook, which marks upgrades and cuts off the refused ones.
  app.after(() => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(securityHeaders(port()));
      const reason = refusal(request.headers, port(), request.ws);
      if (!reason) return;
      log('kiosk-request-refused', { reason });
      return reply.code(403).type('text/plain').send('refused\n');
    });
  });
  // The assets only: the pages themselves go through the routes, so that demo pages exist in demo mode alone.
  app.register(fastifyStatic, { root: join(uiDir, 'assets'), index: false, prefix: '/assets/', cacheControl: false });
  const clips = { root: join(uiDir, 'audio'), prefix: '/audio/', decorateReply: false };
  app.register(fastifyStatic, { ...clips, index: false, cacheControl: false });
  app.register(async (routes) => {
    addPages(routes, host, uiDir);
    addProbes(routes, host);
    addPictures(routes, host);
    addSockets(routes, host, log, sockets);
  });
  return { app, sockets };
}

function addPages(app: FastifyInstance, host: KioskHost, uiDir: string): void {
  const page = (name: string) => app.get(`/${name}`, (_request, reply) => sendPage(reply, join(uiDir, `${name}.html`)));
  page('kiosk');
  page('operator');
  if (host.isDemo) {
    page('simulator');
    page('preview');
  }
  app.get('/', (_request, reply) => reply.redirect(host.isDemo ? '/simulator' : '/kiosk'));
}

/** For the machine itself: alive, fit for visits, and figures. */
function addProbes(app: FastifyInstance, host: KioskHost): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const isReady = host.isReady();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not-ready' });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await host.metrics()),
  );
}

/** Both pictures of the visit in progress, for two officers. Whoever does not have this visit's token finds nothing. */
function addPictures(app: FastifyInstance, host: KioskHost): void {
  app.get<{ Params: { token: string; which: string } }>('/visit/pictures/:token/:which', (request, reply) => {
    const { token, which } = request.params;
    const jpeg = which === 'card' || which === 'probe' ? host.picture(token, which) : undefined;
    if (!jpeg) return reply.code(404).type('text/plain').send('not found\n');
    return reply.type('image/jpeg').send(Buffer.from(jpeg));
  });
}

function addSockets(app: FastifyInstance, host: KioskHost, log: KioskLog, sockets: Set<KioskSocket>): void {
  for (const role of SOCKET_ROLES) {
    if (role === 'simulator' && !host.isDemo) continue;
    app.get(
      `/ws/${role}`,
      {
        websocket: true,
        preValidation: async (_request, reply) => {
          if (sockets.size >= MAX_SOCKETS) return reply.code(503).send();
        },
      },
      (raw) => {
        const socket = new KioskSocket(raw, role, host, log);
        sockets.add(socket);
        log('kiosk-socket-opened', { role });
        raw.on('close', (code: number) => {
          sockets.delete(socket);
          log('kiosk-socket-closed', { role, code });
        });
        socket.push();
      },
    );
  }
}

/** A page, or a sentence that says how to make it when the screens have not been built. */
async function sendPage(reply: FastifyReply, path: string): Promise<FastifyReply> {
  try {
    return reply.type('text/html; charset=utf-8').send(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return reply.code(503).type('text/plain').send('The screens are not built yet: run npm run ui:build\n');
  }
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
