import { randomBytes } from 'node:crypto';
import { StationFault } from '../../../../shared/fault.ts';
import { pause } from '../../../../shared/wait.ts';
import { encodePayload, IDS, readPayload, readStatus } from './messages.ts';
import { type Packet, plainPacket } from './packet.ts';
import { PART, type PacketLine } from './packet-line.ts';
import { beginExchange, type PairedKeys, type SessionKeys, sealPacket, unsealPacket } from './secure-keys.ts';

export interface Message {
  readonly id: string;
  /** With its filling of zeros. */
  readonly body: Uint8Array;
}

const TRIES = 3;
const RETRY_PAUSE_MS = 250;
/** A new number may be this much above the last one, so that a few lost packets end nothing. */
const LARGEST_STEP = 20;

/**
 * Opens a session: one per operation. A module that still works on something else is told to stop and asked again.
 * @param keys `null` = plain session
 * @throws StationFault `SCANNER_SILENT`, `SCANNER_UNSAFE` (keys), `SCANNER_PROTOCOL`
 */
export async function openSession(
  line: PacketLine,
  keys: PairedKeys | null,
  limitMs: number,
  signal: AbortSignal,
): Promise<Session> {
  for (let tries = 1; ; tries++) {
    line.clear();
    try {
      return new Session(line, await shakeHands(line, keys, limitMs, signal));
    } catch (error) {
      const isFinal =
        error instanceof StationFault && error.code !== 'SCANNER_SILENT' && error.code !== 'SCANNER_PROTOCOL';
      if (signal.aborted || isFinal || tries === TRIES) throw error;
      await line.cancel();
      await pause(RETRY_PAUSE_MS, signal);
    }
  }
}

async function shakeHands(line: PacketLine, keys: PairedKeys | null, limitMs: number, signal: AbortSignal) {
  if (keys === null) {
    await line.send(plainPacket(IDS.startSession, encodePayload(0, new Uint8Array())), signal);
    await answerTo(line, IDS.startSession, limitMs, signal);
    return null;
  }
  const exchange = beginExchange(keys);
  await line.send(plainPacket(IDS.hostKey, encodePayload(0, exchange.offer)), signal);
  const { payload } = await answerTo(line, IDS.deviceKey, limitMs, signal);
  return exchange.finish(readPayload(payload).body);
}

/** Answers of an operation before this one may still come in. */
async function answerTo(line: PacketLine, id: string, limitMs: number, signal: AbortSignal): Promise<Packet> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const packet = await line.next(Math.max(1, endMs - performance.now()), signal);
    if (packet.id === id) return packet;
    if (packet.id !== IDS.reply) continue;
    const status = readStatus(readPayload(packet.payload).body);
    throw new StationFault('SCANNER_PROTOCOL', PART, `the module refuses a session: status ${status}`);
  }
}

/** An open session: numbers its packets, and in secure mode hides and seals them. */
export class Session {
  readonly #line: PacketLine;
  readonly #keys: SessionKeys | null;
  #sent = 0;
  #received = 0;

  constructor(line: PacketLine, keys: SessionKeys | null) {
    this.#line = line;
    this.#keys = keys;
  }

  async send(id: string, body: Uint8Array, signal: AbortSignal): Promise<void> {
    this.#sent += 1;
    const payload = encodePayload(this.#sent, body);
    const packet = this.#keys ? sealPacket(id, payload, randomBytes(16), this.#keys) : plainPacket(id, payload);
    await this.#line.send(packet, signal);
  }

  /**
   * The next message of this session. One whose number is not above the last is a doubled or replayed one and is passed over.
   * @throws StationFault `SCANNER_SILENT`, `SCANNER_PROTOCOL` (number too high), `SCANNER_UNSAFE` (seal broken)
   */
  async receive(limitMs: number, signal: AbortSignal): Promise<Message> {
    const endMs = performance.now() + limitMs;
    for (;;) {
      const packet = await this.#line.next(Math.max(1, endMs - performance.now()), signal);
      const payload = this.#keys ? unsealPacket(packet, this.#keys) : packet.payload;
      if (payload === undefined) {
        throw new StationFault('SCANNER_UNSAFE', PART, 'a packet that was not sealed by the paired module');
      }
      const { seq, body } = readPayload(payload);
      if (seq <= this.#received) continue;
      if (seq > this.#received + LARGEST_STEP) {
        throw new StationFault('SCANNER_PROTOCOL', PART, `packet ${seq} after packet ${this.#received}`);
      }
      this.#received = seq;
      return { id: packet.id, body };
    }
  }
}
