import type { Order, OrderPerson } from './order.ts';

/** A list as it is kept: the newest revision, and whom it struck off although something was recorded here. */
export interface KeptList {
  readonly order: Order;
  readonly struckOff: readonly OrderPerson[];
  /** By what way it came: `server`, `stick`, `qr`, `file`. */
  readonly from: string;
  /** SHA-256 of the sealed file, hex. */
  readonly sha256: string;
  /** RFC 3339. */
  readonly takenAt: string;
}

export interface Changes {
  readonly added: number;
  readonly changed: number;
  /** Gone from the list, and nothing was recorded of them here. */
  readonly removed: number;
  /** As they were, and struck off but kept for what was recorded here. */
  readonly kept: number;
}

export type Merged =
  | { readonly kind: 'merged'; readonly list: KeptList; readonly changes: Changes }
  /** An older revision, or another list under the same number. */
  | { readonly kind: 'refused'; readonly why: 'older' | 'another' };

/**
 * Puts a revision in the place of the one before. A newer one never loses what was recorded here: who was struck off and has an outcome,
 * an attempt or anything else of this station stays, marked.
 * @param isRecorded whether something was recorded here of somebody
 */
export function mergeRevision(
  before: KeptList | undefined,
  next: Omit<KeptList, 'struckOff'>,
  isRecorded: (person: OrderPerson) => boolean,
): Merged {
  const { order } = next;
  if (!before)
    return {
      kind: 'merged',
      list: { ...next, struckOff: [] },
      changes: { added: order.people.length, changed: 0, removed: 0, kept: 0 },
    };
  if (order.rev < before.order.rev) return { kind: 'refused', why: 'older' };
  const isSame = order.rev === before.order.rev;
  if (isSame && JSON.stringify(order) !== JSON.stringify(before.order)) return { kind: 'refused', why: 'another' };
  const old = new Map([...before.struckOff, ...before.order.people].map((person) => [person.entry, person]));
  let [added, changed] = [0, 0];
  for (const person of order.people) {
    const was = old.get(person.entry);
    old.delete(person.entry);
    if (!was) added += 1;
    else if (JSON.stringify(was) !== JSON.stringify(person)) changed += 1;
  }
  const struckOff = [...old.values()].filter(isRecorded);
  const total = order.people.length + struckOff.length;
  return {
    kind: 'merged',
    list: isSame ? { ...before, struckOff } : { ...next, struckOff },
    changes: { added, changed, removed: old.size - struckOff.length, kept: total - added - changed },
  };
}
