import { AsyncQueue } from '../../shared/async-queue.ts';
import type { SignalsEvent, SignalsLink } from './port.ts';

/** More than a person can press in the time that a busy station needs to come back to its listeners. */
const MOST_WAITING = 100;

export type Contact = 'presence' | 'door' | 'power';

/** What a contact says when it is at rest (nobody there, door shut, supply well), and when not. */
const WORDS: Readonly<Record<Contact, readonly [rest: SignalsEvent, active: SignalsEvent]>> = {
  presence: [{ kind: 'presence-ended' }, { kind: 'presence-began' }],
  door: [{ kind: 'door-closed' }, { kind: 'door-opened' }],
  power: [{ kind: 'power-restored' }, { kind: 'power-failed' }],
};

/** Remembers link and contacts, and tells every change to everyone who listens. */
export class PanelEvents {
  readonly #queues = new Set<AsyncQueue<SignalsEvent>>();
  readonly #active = new Set<Contact>();
  #link: SignalsLink = 'lost';
  #reason: string | null = null;
  #isClosed = false;

  get link(): SignalsLink {
    return this.#link;
  }

  /**
   * A new link begins with every contact at rest; the driver then tells those that are not.
   * @param reason why it is lost, `null` = connected; a new reason is told too
   */
  setLink(link: SignalsLink, reason: string | null): void {
    if (link === this.#link && reason === this.#reason) return;
    this.#link = link;
    this.#reason = reason;
    this.#active.clear();
    this.#tell({ kind: 'link-changed', link });
  }

  setContact(contact: Contact, isActive: boolean): void {
    if (this.#link === 'lost' || this.#active.has(contact) === isActive) return;
    if (isActive) this.#active.add(contact);
    else this.#active.delete(contact);
    this.#tell(WORDS[contact][isActive ? 1 : 0]);
  }

  press(button: 'call-staff' | 'confirm'): void {
    if (this.#link === 'connected') this.#tell({ kind: 'button-pressed', button });
  }

  /** The `events` of the port. */
  async *listen(signal: AbortSignal): AsyncGenerator<SignalsEvent, void, undefined> {
    if (this.#isClosed) return;
    const queue = new AsyncQueue<SignalsEvent>(MOST_WAITING);
    queue.push({ kind: 'link-changed', link: this.#link });
    for (const contact of this.#active) queue.push(WORDS[contact][1]);
    this.#queues.add(queue);
    try {
      yield* queue.read(signal);
    } finally {
      this.#queues.delete(queue);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const queue of this.#queues) queue.end();
  }

  #tell(event: SignalsEvent): void {
    for (const queue of this.#queues) queue.push(event);
  }
}
