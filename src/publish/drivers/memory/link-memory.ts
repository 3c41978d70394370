import type { LinkMemory } from '../../port.ts';
import { NOTHING_REMEMBERED, type Remembered } from '../../remembered.ts';

/** Remembers as long as the process lives: for tests, and for a station that has nowhere to keep anything. */
export class MemoryLinkMemory implements LinkMemory {
  readonly statements = new Map<string, Uint8Array>();
  #remembered: Remembered = NOTHING_REMEMBERED;

  read(): Remembered {
    return this.#remembered;
  }

  write(remembered: Remembered): void {
    this.#remembered = remembered;
  }

  keepStatement(kind: 'orders' | 'revoke', signed: Uint8Array): void {
    this.statements.set(kind, signed);
  }
}
