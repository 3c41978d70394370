import type { KeptList } from './kept-list.ts';

/** Port: where the lists are kept. What was kept is there after a power cut, or what was there before it; never half of it. */
export interface ListStore {
  /** What holds them, for people to read. */
  readonly name: string;
  /**
   * Every list that can be read, by id.
   * @param onBroken told the file of each that cannot: changed, cut or of another key. It stays where it is
   */
  read(onBroken: (file: string) => void): readonly KeptList[];
  /** Durable when it returns. @throws StationFault `DISK_FULL`, `INTERNAL` */
  keep(list: KeptList): void;
  /** Removes a list; only its id and its newest revision stay, so that an older one is not taken again. */
  forget(id: string): void;
  /** Newest revision that was ever kept of a list, 0 = none. */
  lastRev(id: string): number;
}
