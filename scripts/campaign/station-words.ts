import type { HolderCard } from '../../src/station/registry.ts';

/** What `station-child.ts` is started with. */
export interface ChildOptions {
  readonly dataDir: string;
  readonly logFile: string;
  /** The station's clock shows this much more than the machine's, ms; negative for days that are past. */
  readonly clockOffsetMs: number;
}

/** How the world around the station is moved, and what the journal is asked; the rest goes through the station's own pages. */
export type WorldCommand =
  | { readonly do: 'insert'; readonly card: HolderCard; readonly face: number; readonly isWireSpeed: boolean }
  | { readonly do: 'pull' }
  | { readonly do: 'face'; readonly face: number | null }
  | { readonly do: 'plug-camera'; readonly isPlugged: boolean }
  | { readonly do: 'journal' }
  | { readonly do: 'stop' };

/** Of the journal: no contents. */
export interface JournalFacts {
  readonly whole: boolean;
  readonly events: number;
  readonly pending: number;
  readonly unsettled: number;
  readonly ids: readonly { readonly id: string; readonly type: string }[];
}

export type ChildWord =
  | { readonly kind: 'ready'; readonly port: number; readonly reader: 'pcsc' | 'in-process'; readonly why: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
