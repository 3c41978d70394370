import type { Representation, Witness } from '../../../visit/types.ts';

/** What has been told of a representative so far. */
export interface Draft {
  readonly relation: Representation['relation'] | null;
  readonly mandate: Representation['mandate'] | null;
  readonly scope: Representation['scope'];
  readonly until: string | null;
  readonly first: Witness | null;
  readonly second: Witness | null;
}
