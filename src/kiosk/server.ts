import { StationFault } from '../shared/fault.ts';
import { buildKioskApp, type KioskOptions } from './app.ts';
import type { KioskHost } from './host.ts';

/** A page that is silent for two of these is cut off; a page that hears nothing for three shows "out of service". */
const BEAT_MS = 2_000;

/** How long a page may take to say goodbye before it is cut off. */
const CLOSE_LIMIT_MS = 500;

/** RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;

const ADDRESS = '127.0.0.1';

export interface Kiosk {
  /** The port that we really listen on (useful when 0 was asked for). */
  readonly port: number;
  /** Closes every socket (1001) and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves the screens on the loopback address until `close`.
 * @throws StationFault `PORT_TAKEN` when another program holds the port
 */
export async function startKiosk(host: KioskHost, options: KioskOptions & { readonly port: number }): Promise<Kiosk> {
  let port = options.port;
  const { app, sockets } = buildKioskApp(host, options, () => port);
  try {
    await app.listen({ host: ADDRESS, port });
  } catch (cause) {
    await app.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw new StationFault('PORT_TAKEN', `${ADDRESS}:${port}`, 'another program listens on this port', { cause });
    }
    throw cause;
  }
  const address = app.server.address();
  if (address !== null && typeof address === 'object') port = address.port;

  const stopChanges = host.onChange(() => {
    for (const socket of sockets) socket.push();
  });
  const stopPreview = host.onPreview((jpeg) => {
    for (const socket of sockets) socket.preview(jpeg);
  });
  const beat = setInterval(() => {
    for (const socket of sockets) socket.beat();
  }, BEAT_MS);
  options.log('kiosk-listening', { port });

  return {
    port,
    async close() {
      clearInterval(beat);
      stopChanges();
      stopPreview();
      const { clients } = app.websocketServer;
      for (const client of clients) client.close(GOING_AWAY);
      const cut = setTimeout(() => {
        for (const client of clients) client.terminate();
      }, CLOSE_LIMIT_MS);
      await app.close();
      clearTimeout(cut);
    },
  };
}
