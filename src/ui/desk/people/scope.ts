import type { EntryState, Overview, VillageLine } from '../../../kiosk/desk-protocol.ts';

export type Filter = 'all' | 'left' | 'due-today' | 'new-card';
export const FILTERS: readonly Filter[] = ['all', 'left', 'due-today', 'new-card'];

/** Which part of the area is on the map: the villages of a suggested day, a tambon, or all tambons. */
export type Scope =
  /** The first day that is suggested. */
  | { readonly kind: 'today' }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'tambon'; readonly tambon: string }
  | { readonly kind: 'all' };

/** Whether somebody belongs to what is filtered for: whoever is due today is left as well. */
export function isShown(state: EntryState, filter: Filter): boolean {
  if (filter === 'all' || state === filter) return true;
  return filter === 'left' && state === 'due-today';
}

/** People of a village whom the filter shows. */
export function countShown(village: VillageLine, filter: Filter): number {
  const { people, left, dueToday, newCard } = village;
  return { all: people, left, 'due-today': dueToday, 'new-card': newCard }[filter];
}

/** The villages of the scope that have somebody to show, in the suggested order, finished ones last. */
export function villagesOf({ villages, days }: Overview, scope: Scope, filter: Filter): readonly VillageLine[] {
  const day = scope.kind === 'day' ? days.find(({ day }) => day === scope.day) : days[0];
  const isIn = (village: VillageLine) => {
    if (scope.kind === 'all') return true;
    if (scope.kind === 'tambon') return village.tambon === scope.tambon;
    return day === undefined || day.villages.includes(village.code);
  };
  const last = villages.length + 1;
  return villages
    .filter((village) => isIn(village) && countShown(village, filter) > 0)
    .sort((a, b) => (a.order ?? last) - (b.order ?? last) || a.moo - b.moo);
}

/** How a village stands, for its mark: what presses most comes first. */
export function stateOf({ left, dueToday, newCard }: VillageLine): EntryState {
  if (dueToday > 0) return 'due-today';
  if (left > 0) return 'left';
  return newCard > 0 ? 'new-card' : 'served';
}
