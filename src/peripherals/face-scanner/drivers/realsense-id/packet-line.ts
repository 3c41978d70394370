import { StationFault } from '../../../../shared/fault.ts';
import { within } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { TEXT } from './messages.ts';
import { encodePacket, type Packet, packetCutter } from './packet.ts';

export const PART = 'realsense-id';
const WRITE_LIMIT_MS = 2_000;
/** Packets that nobody has asked for yet; more than the module can send within one session. */
const PACKETS_KEPT = 64;
const TEXT_KEPT = 2_048;

/** The line as packets out and in, in order, and as the console's text. */
export class PacketLine {
  readonly #link: SerialLink;
  readonly #stopListening: () => void;
  #received: Packet[] = [];
  #text = '';
  #wake: (() => void) | undefined;

  constructor(link: SerialLink) {
    this.#link = link;
    const cutter = packetCutter();
    this.#stopListening = link.onBytes((bytes) => {
      this.#text = (this.#text + Buffer.from(bytes).toString('latin1')).slice(-TEXT_KEPT);
      this.#received.push(...cutter.push(bytes, performance.now()));
      this.#received = this.#received.slice(-PACKETS_KEPT);
      this.#wake?.();
    });
  }

  /** Forgets what has come so far. */
  clear(): void {
    this.#received = [];
    this.#text = '';
  }

  async send(packet: Packet, signal: AbortSignal): Promise<void> {
    const bytes = Buffer.concat([Buffer.from(TEXT.packet, 'latin1'), encodePacket(packet)]);
    await this.#link.write(bytes, WRITE_LIMIT_MS, signal);
  }

  /** Tells the module to stop what it is doing; never throws. */
  async cancel(): Promise<void> {
    const never = new AbortController().signal;
    await this.#link.write(Buffer.from(TEXT.cancel, 'latin1'), WRITE_LIMIT_MS, never).catch(() => undefined);
  }

  /** @throws StationFault `SCANNER_SILENT` after `limitMs`, the line's fault; the reason of `signal` */
  next(limitMs: number, signal: AbortSignal): Promise<Packet> {
    return this.#until(() => this.#received.shift(), limitMs, signal);
  }

  /** Sends a console command. @returns the first group of `pattern` in its answer */
  async askText(command: string, pattern: RegExp, limitMs: number, signal: AbortSignal): Promise<string> {
    this.clear();
    await this.#link.write(Buffer.from(command, 'latin1'), WRITE_LIMIT_MS, signal);
    return await this.#until(() => pattern.exec(this.#text)?.[1], limitMs, signal);
  }

  close(): void {
    this.#stopListening();
  }

  async #until<T>(look: () => T | undefined, limitMs: number, signal: AbortSignal): Promise<T> {
    const found = Promise.withResolvers<T>();
    found.promise.catch(() => undefined);
    const stopListening = this.#link.onLost(found.reject);
    this.#wake = () => {
      const value = look();
      if (value === undefined) return;
      this.#wake = undefined;
      found.resolve(value);
    };
    this.#wake();
    const silent = () => new StationFault('SCANNER_SILENT', PART, `no answer within ${Math.round(limitMs)} ms`);
    try {
      return await within(found.promise, limitMs, signal, silent);
    } finally {
      this.#wake = undefined;
      stopListening();
    }
  }
}
