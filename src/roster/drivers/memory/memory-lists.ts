import type { KeptList } from '../../kept-list.ts';
import type { ListStore } from '../../port.ts';

/** Lists that are gone with the process: for tests and demonstrations. */
export class MemoryLists implements ListStore {
  readonly name = 'memory';
  readonly #lists = new Map<string, { readonly rev: number; readonly list: KeptList | null }>();

  read(): readonly KeptList[] {
    return [...this.#lists]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { list }]) => (list ? [structuredClone(list)] : []));
  }

  keep(list: KeptList): void {
    this.#lists.set(list.order.id, { rev: list.order.rev, list: structuredClone(list) });
  }

  forget(id: string): void {
    const held = this.#lists.get(id);
    if (held) this.#lists.set(id, { rev: held.rev, list: null });
  }

  lastRev(id: string): number {
    return this.#lists.get(id)?.rev ?? 0;
  }
}
