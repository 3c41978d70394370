import type { AnswerTo, Ask, DeskStatus, OperatorVisit, Refusal } from '../../src/kiosk/desk-protocol.ts';
import type { CitizenScreen, ClientMessage, OperatorStatus, ServerMessage } from '../../src/kiosk/protocol.ts';
import { within } from '../../src/shared/wait.ts';

const LIMIT_MS = 90_000;

/** The citizen's and the operator's page, as their sockets are. */
export class Pages {
  readonly #port: number;
  readonly #citizen: WebSocket;
  readonly #operator: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Set<() => void>();
  readonly #never = new AbortController().signal;
  #nextId = 1;
  #isOver = false;
  #screen: CitizenScreen | undefined;
  #status: OperatorStatus | undefined;
  #desk: DeskStatus | undefined;

  private constructor(port: number, citizen: WebSocket, operator: WebSocket) {
    this.#port = port;
    this.#citizen = citizen;
    this.#operator = operator;
    for (const socket of [citizen, operator]) {
      socket.binaryType = 'arraybuffer';
      socket.addEventListener('message', ({ data }) => {
        // The preview is looked at by nobody here.
        if (typeof data === 'string') this.#hear(JSON.parse(data) as ServerMessage, socket === citizen);
      });
      socket.addEventListener('close', () => this.close());
    }
  }

  static async open(port: number): Promise<Pages> {
    const origin = `http://127.0.0.1:${port}`;
    const open = (role: string) => new WebSocket(`ws://127.0.0.1:${port}/ws/${role}`, { headers: { origin } });
    const pages = new Pages(port, open('citizen'), open('operator'));
    await pages.until('both pages', () => (pages.#screen && pages.#desk ? true : undefined));
    return pages;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  get screen(): CitizenScreen {
    if (!this.#screen) throw new Error('no screen yet');
    return this.#screen;
  }

  get status(): OperatorStatus {
    if (!this.#status) throw new Error('no status yet');
    return this.#status;
  }

  get desk(): DeskStatus {
    if (!this.#desk) throw new Error('no desk yet');
    return this.#desk;
  }

  get visit(): OperatorVisit | null {
    return this.desk.visit;
  }

  say(message: Exclude<ClientMessage, { kind: 'ask' }>, from: 'citizen' | 'operator' = 'citizen'): void {
    (from === 'citizen' ? this.#citizen : this.#operator).send(JSON.stringify(message));
  }

  /** Asks as the operator's page does; a refusal is an answer. */
  async try<Do extends Ask['do']>(ask: Extract<Ask, { do: Do }>): Promise<AnswerTo<Do> | Refusal> {
    const id = this.#nextId++;
    const wait = Promise.withResolvers<unknown>();
    this.#waiting.set(id, wait);
    this.#operator.send(JSON.stringify({ kind: 'ask', id, ask } satisfies ClientMessage));
    const answer = await within(wait.promise, LIMIT_MS, this.#never, () => new Error(`no answer to ${ask.do}`));
    return answer as AnswerTo<Do> | Refusal;
  }

  /** @throws Error when it is refused */
  async ask<Do extends Ask['do']>(ask: Extract<Ask, { do: Do }>): Promise<AnswerTo<Do>> {
    const answer = await this.try<Do>(ask);
    if (typeof answer === 'object' && answer !== null && 'refused' in answer)
      throw new Error(`${ask.do} is refused: ${answer.refused} (${answer.words.en})`);
    return answer as AnswerTo<Do>;
  }

  /** Resolves with the first answer that is not `undefined`. @throws Error when it takes too long or the pages are closed */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    const wait = Promise.withResolvers<T>();
    const again = () => {
      if (this.#isOver) return wait.reject(new Error(`the pages were closed while waiting for ${what}`));
      const seen = look();
      if (seen !== undefined) wait.resolve(seen);
    };
    this.#listeners.add(again);
    again();
    try {
      const late = () => new Error(`waited for ${what}; the screen is ${JSON.stringify(this.#screen?.screen)}`);
      return await within(wait.promise, LIMIT_MS, this.#never, late);
    } finally {
      this.#listeners.delete(again);
    }
  }

  untilScreen(...screens: readonly CitizenScreen['screen'][]): Promise<CitizenScreen> {
    return this.until(screens.join(' or '), () => (screens.includes(this.screen.screen) ? this.screen : undefined));
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#citizen.close();
    this.#operator.close();
    for (const wait of this.#waiting.values()) wait.reject(new Error('the pages were closed'));
    this.#waiting.clear();
    for (const listener of this.#listeners) listener();
  }

  #hear(message: ServerMessage, isCitizen: boolean): void {
    if (message.kind === 'answer') {
      this.#waiting.get(message.id)?.resolve(message.answer);
      this.#waiting.delete(message.id);
    } else if (message.kind === 'screen' && isCitizen) this.#screen = message.screen;
    else if (message.kind === 'operator') {
      this.#status = message.status;
      this.#desk = message.desk;
    }
    for (const listener of this.#listeners) listener();
  }
}
