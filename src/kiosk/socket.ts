import type { WebSocket } from '@fastify/websocket';
import type { KioskHost } from './host.ts';
import { isAboutKnown, parseClientMessage } from './messages.ts';
import type { ClientMessage, ServerMessage, SocketRole } from './protocol.ts';

/** A word for the log about the kiosk; `fields` never hold what was sent. */
export type KioskLog = (event: KioskLogEvent, fields: Readonly<Record<string, unknown>>) => void;
export type KioskLogEvent =
  | 'kiosk-listening'
  | 'kiosk-socket-opened'
  | 'kiosk-socket-closed'
  | 'kiosk-message-refused'
  | 'kiosk-request-refused'
  | 'kiosk-request-failed';

/** Preview frames on their way to a page; the next one is newer anyway, so the rest are dropped. */
const PREVIEWS_UNDERWAY = 2;
/** Payload of the ping behind each frame: its pong says that the page has taken the frame from the socket. */
const PREVIEW_MARK = 'preview';
/** Above this many unsent bytes even states wait; the newest is sent when the socket has drained. */
const STATE_BACKLOG_BYTES = 256 * 1024;

/** RFC 6455 §7.4.1. */
const CLOSE = { binary: 1003, policy: 1008 } as const;

/** One page's socket: sends it what its role may hear, whole states, never twice the same. */
export class KioskSocket {
  readonly #socket: WebSocket;
  readonly #role: SocketRole;
  readonly #host: KioskHost;
  readonly #sent = new Map<ServerMessage['kind'], string>();
  #isBehind = false;
  #previewsUnderway = 0;
  #isAnswering = true;

  constructor(socket: WebSocket, role: SocketRole, host: KioskHost, log: KioskLog) {
    this.#socket = socket;
    this.#role = role;
    this.#host = host;
    socket.on('pong', (payload: Buffer) => {
      this.#isAnswering = true;
      if (payload.toString() === PREVIEW_MARK) this.#previewsUnderway -= 1;
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const message = isBinary ? undefined : parseClientMessage(role, data.toString('utf8'));
      if (message?.kind === 'ask') return void this.#answer(message);
      if (message && isAboutKnown(message, host.simulator())) return host.handle(message);
      log('kiosk-message-refused', { role, sizeBytes: data.length });
      socket.close(isBinary ? CLOSE.binary : CLOSE.policy);
    });
  }

  /** Sends each state that changed since it was last sent. */
  push(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#isBehind = this.#socket.bufferedAmount > STATE_BACKLOG_BYTES;
    if (this.#isBehind) return;
    for (const message of this.#messages()) {
      const text = JSON.stringify(message);
      if (this.#sent.get(message.kind) === text) continue;
      this.#sent.set(message.kind, text);
      this.#socket.send(text, () => {
        if (this.#isBehind) this.push();
      });
    }
  }

  /** Preview goes to the citizen's page alone, only while it is wanted, and never queues behind a slow page. */
  preview(jpeg: Uint8Array): void {
    if (this.#role !== 'citizen' || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#host.screen().screen.screen !== 'capture') return;
    // Not `bufferedAmount`: the kernel takes megabytes more, seconds of a picture that is long past.
    if (this.#previewsUnderway >= PREVIEWS_UNDERWAY) return;
    this.#previewsUnderway += 1;
    this.#socket.send(jpeg, { binary: true });
    this.#socket.ping(PREVIEW_MARK);
  }

  /** Called on every beat: a page that did not answer the last one is cut off (it will come back by itself). */
  beat(): void {
    if (!this.#isAnswering) this.#socket.terminate();
    this.#isAnswering = false;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.ping();
    if (this.#isBehind) this.push();
    else this.#socket.send(JSON.stringify({ kind: 'alive' } satisfies ServerMessage));
  }

  async #answer({ id, ask }: Extract<ClientMessage, { kind: 'ask' }>): Promise<void> {
    const answer = await this.#host.ask(ask);
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify({ kind: 'answer', id, answer } satisfies ServerMessage));
  }

  *#messages(): Generator<ServerMessage> {
    const { language, place, screen } = this.#host.screen();
    yield { kind: 'screen', language, widthMm: this.#host.widthMm, place, aids: this.#host.aids, screen };
    yield { kind: 'programme', programme: this.#host.programme() };
    if (this.#role === 'citizen') return;
    yield { kind: 'operator', status: this.#host.operator(), desk: this.#host.desk() };
    const state = this.#role === 'simulator' ? this.#host.simulator() : null;
    if (state) yield { kind: 'simulator', state };
  }
}
