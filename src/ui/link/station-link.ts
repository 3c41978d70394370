import type { AnswerTo, Ask, Refusal } from '../../kiosk/desk-protocol.ts';
import type { ClientMessage, ServerMessage, SocketRole } from '../../kiosk/protocol.ts';

/** The station beats every 2 s; three beats missed means that it hangs or is gone. */
const SILENCE_LIMIT_MS = 6_000;
const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 4_000;

export interface LinkEvents {
  onMessage(message: ServerMessage): void;
  /** A preview frame (JPEG). */
  onPreview(jpeg: Blob): void;
  /** The station cannot be heard: everything on the screen must go at once. Told once per loss. */
  onLost(): void;
}

export interface StationLink {
  /** Dropped when the link is down: a tap from before a loss must not act after it. */
  send(message: ClientMessage): void;
  /** Asks the station something for staff. @returns its answer, or `undefined` when the link is down or lost meanwhile */
  ask<A extends Ask>(ask: A): Promise<AnswerTo<A['do']> | Refusal | undefined>;
}

/** Keeps a socket to the station open for as long as the page lives, with growing pauses between tries. */
export function openStationLink(role: SocketRole, events: LinkEvents): StationLink {
  let socket: WebSocket | undefined;
  let retryMs = RETRY_FIRST_MS;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const waiting = new Map<number, (answer: unknown) => void>();

  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket && lose(socket), SILENCE_LIMIT_MS);
  };
  const lose = (lost: WebSocket) => {
    if (socket !== lost) return;
    socket = undefined;
    clearTimeout(silence);
    lost.close();
    for (const give of waiting.values()) give(undefined);
    waiting.clear();
    events.onLost();
    setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, RETRY_LONGEST_MS);
  };
  const connect = () => {
    const opening = new WebSocket(`ws://${location.host}/ws/${role}`);
    socket = opening;
    opening.addEventListener('close', () => lose(opening));
    opening.addEventListener('message', ({ data }: MessageEvent<string | Blob>) => {
      if (socket !== opening) return;
      retryMs = RETRY_FIRST_MS;
      listen();
      if (typeof data !== 'string') return events.onPreview(data);
      const message = JSON.parse(data) as ServerMessage;
      if (message.kind !== 'answer') return events.onMessage(message);
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    });
    listen();
  };
  connect();
  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    ask(ask) {
      if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
      asked += 1;
      socket.send(JSON.stringify({ kind: 'ask', id: asked, ask } satisfies ClientMessage));
      return new Promise((resolve) => waiting.set(asked, resolve as (answer: unknown) => void));
    },
  };
}
