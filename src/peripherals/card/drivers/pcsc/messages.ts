import type { FaultCode } from '../../../../shared/faults.ts';

/** What the parent asks of the child; each is answered by a {@link Reply} with the same id. */
export type Request =
  | { readonly id: number; readonly ask: 'list' }
  /** Starts telling about the first reader that `pickReader` finds; answered at once, told until the end. */
  | {
      readonly id: number;
      readonly ask: 'watch';
      readonly reader: string | undefined;
      readonly except: string | undefined;
    }
  | { readonly id: number; readonly ask: 'transmit'; readonly command: Uint8Array }
  | { readonly id: number; readonly ask: 'release' };

/** A request without the id that the parent gives it. */
export type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

export interface Failure {
  readonly code: FaultCode;
  readonly message: string;
}

export type Reply =
  | { readonly id: number; readonly value: readonly string[] | Uint8Array | undefined }
  | { readonly id: number; readonly failure: Failure };

/** What the child tells without being asked. */
export type Told =
  | { readonly tell: 'reader' /** `undefined` = none that fits. */; readonly name: string | undefined }
  | {
      readonly tell: 'card';
      /** `undefined` = no card; empty = a card that does not answer. */
      readonly atr: Uint8Array | undefined;
      /** pcscd's count of insertions and removals: tells two cards apart that no event came between. */
      readonly counter: number;
    }
  | { readonly tell: 'down'; readonly failure: Failure };
