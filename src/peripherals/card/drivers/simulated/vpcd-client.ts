import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { asFault } from '../../../../shared/fault.ts';
import type { VirtualCard } from './virtual-card.ts';
import { exchangeTimeMs } from './wire-time.ts';

/** A virtual card that sits in a slot of pcscd's virtual reader. */
export interface InsertedCard extends AsyncDisposable {
  /** Pulls it; resolves when the connection is closed and the next card may be put in. */
  pull(): Promise<void>;
  /** Resolves when the card is out, whoever pulled it. */
  readonly pulled: Promise<void>;
}

export interface VpcdSlot {
  readonly port: number;
  readonly signal: AbortSignal;
}

/** One-byte messages of the vpcd protocol; only the ATR request is answered. */
const CONTROL = { off: 0, on: 1, reset: 2, atr: 4 } as const;
const CONNECT_LIMIT_MS = 3_000;
/**
 * pcscd looks at a slot every 400 ms. When a mute card is pulled, pcscd resets it for the client that was killed, takes the failure
 * for a removal, and may tell so before it has looked; a card that is put in until then is never told.
 */
const LOOK_MS = 500;

/**
 * Puts a card into the slot that listens on a loopback port: the card is the TCP client, and being connected is being
 * inserted. Each message is a 2-byte big-endian length and that many bytes.
 * @throws StationFault `READER_MISSING` when nothing listens there
 */
export async function insertVirtualCard(card: VirtualCard, slot: VpcdSlot): Promise<InsertedCard> {
  slot.signal.throwIfAborted();
  const socket = connect({ host: '127.0.0.1', port: slot.port, noDelay: true });
  try {
    const signal = AbortSignal.any([slot.signal, AbortSignal.timeout(CONNECT_LIMIT_MS)]);
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.destroy();
    slot.signal.throwIfAborted();
    throw asFault(error, 'READER_MISSING', `virtual reader, port ${slot.port}`);
  }
  card.insert();
  const pulled = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // A reset connection is a pulled card, not a fault of ours.
  socket.on('error', () => socket.destroy());
  const onAbort = () => socket.destroy();
  slot.signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => slot.signal.removeEventListener('abort', onAbort));
  let isMute = false;
  const onMute = () => {
    isMute = true;
  };
  serve(card, socket, onMute).catch(() => socket.destroy());
  const pull = async () => {
    socket.destroy();
    await pulled;
    if (isMute) await delay(LOOK_MS);
    isMute = false;
  };
  return { pull, pulled, [Symbol.asyncDispose]: pull };
}

/** Answers one message after the other until the connection ends. */
async function serve(card: VirtualCard, socket: Socket, onMute: () => void): Promise<void> {
  let isMute = false;
  for await (const message of messages(socket)) {
    const reply = isMute ? undefined : await replyTo(card, message, () => socket.destroy());
    if (reply === 'mute') {
      isMute = true;
      onMute();
    } else if (reply !== undefined && !socket.destroyed) socket.write(frame(reply));
  }
}

async function replyTo(card: VirtualCard, message: Uint8Array, yank: () => void) {
  if (message.length === 1) {
    if (message[0] === CONTROL.atr) return card.atr;
    if (message[0] === CONTROL.on || message[0] === CONTROL.off || message[0] === CONTROL.reset) card.reset();
    return undefined;
  }
  const answer = card.answer(message);
  if (answer.kind === 'mute') return 'mute';
  if (answer.kind === 'gone') {
    yank();
    return undefined;
  }
  if (card.options.wireSpeed) await delay(exchangeTimeMs(card.atr, message.length, answer.bytes.length));
  return answer.bytes;
}

function frame(payload: Uint8Array): Uint8Array {
  return Uint8Array.of(payload.length >> 8, payload.length & 0xff, ...payload);
}

/** Cuts the stream into messages, however TCP has split it. */
async function* messages(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of stream) {
    rest = Uint8Array.of(...rest, ...chunk);
    while (rest.length >= 2) {
      const end = 2 + (((rest[0] ?? 0) << 8) | (rest[1] ?? 0));
      if (rest.length < end) break;
      yield rest.slice(2, end);
      rest = rest.slice(end);
    }
  }
}
