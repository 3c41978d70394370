import type { KeptList } from './kept-list.ts';
import type { OrderStaff } from './order.ts';

/** Somebody whom lists name as staff, and whose lists. */
export interface ListedStaff extends OrderStaff {
  readonly programmes: readonly string[];
}

/**
 * Staff of all lists whose time is not over, the newest list's word counting.
 * @param lists newest first
 * @param now RFC 3339
 */
export function staffOfLists(lists: readonly KeptList[], now: string): readonly ListedStaff[] {
  const all = new Map<string, ListedStaff>();
  for (const { order } of lists.toReversed())
    for (const one of order.staff)
      if (one.until === null || one.until > now)
        all.set(one.id, { ...one, programmes: [...(all.get(one.id)?.programmes ?? []), order.programme] });
  return [...all.values()];
}
