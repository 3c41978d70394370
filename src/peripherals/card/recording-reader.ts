import type { CardEvent, CardReader, CardResponse } from './port.ts';
import type { Recording } from './recording.ts';
import { type Exchange, redact } from './redact.ts';

/** A reader that remembers, in memory only, what is said to the card and what it answers. */
export class RecordingReader implements CardReader {
  readonly #reader: CardReader;
  readonly #exchanges: Exchange[] = [];
  #atr: Uint8Array = new Uint8Array();

  constructor(reader: CardReader) {
    this.#reader = reader;
  }

  get name(): string {
    return this.#reader.name;
  }

  get fault() {
    return this.#reader.fault;
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    for await (const event of this.#reader.events(signal)) {
      if (event.kind === 'card-inserted') {
        this.#forget();
        this.#atr = event.atr;
      }
      yield event;
    }
  }

  async transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    const response = await this.#reader.transmit(command, signal);
    const answer = Uint8Array.of(...response.data, response.sw >> 8, response.sw & 0xff);
    this.#exchanges.push({ command: Uint8Array.from(command), answer });
    return response;
  }

  release(): Promise<void> {
    return this.#reader.release();
  }

  /**
   * What was said since the card was put in, redacted; the original is wiped.
   * @param version of the program
   */
  finish(version: string): Recording {
    const exchanges = redact(this.#exchanges).map(({ command, answer }) => ({
      command: hex(command),
      answer: hex(answer),
    }));
    this.#forget();
    return { format: 1, version, reader: withoutSerial(this.name), atr: hex(this.#atr), exchanges };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#forget();
    await this.#reader[Symbol.asyncDispose]();
  }

  #forget(): void {
    for (const { answer } of this.#exchanges) answer.fill(0);
    this.#exchanges.length = 0;
  }
}

/** pcscd puts a reader's serial number between brackets. */
function withoutSerial(name: string): string {
  return name.replaceAll(/\s*\([^)]*\)/g, '');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
