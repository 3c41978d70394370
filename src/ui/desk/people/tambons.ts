import type { EntryState, VillageLine } from '../../../kiosk/desk-protocol.ts';
import { stateOf } from './scope.ts';
import type { Spot } from './spread.ts';

/** A tambon as one mark: in the middle of its villages, with their people and what presses most among them. */
export interface TambonMark {
  readonly tambon: string;
  readonly at: Spot;
  readonly people: number;
  readonly left: number;
  readonly state: EntryState;
}

const PRESSING: readonly EntryState[] = ['due-today', 'left', 'new-card'];

export function tambonsOf(villages: readonly VillageLine[]): readonly TambonMark[] {
  return [...Map.groupBy(villages, ({ tambon }) => tambon)].flatMap(([tambon, its]) => {
    const spots = its.flatMap(({ at }) => (at ? [at] : []));
    if (spots.length === 0) return [];
    const sum = (of: (one: VillageLine) => number) => its.reduce((total, one) => total + of(one), 0);
    const mean = (of: (one: Spot) => number) => spots.reduce((total, one) => total + of(one), 0) / spots.length;
    const states = new Set(its.map(stateOf));
    return [
      {
        tambon,
        at: { x: mean(({ x }) => x), y: mean(({ y }) => y) },
        people: sum(({ people }) => people),
        left: sum(({ left }) => left),
        state: PRESSING.find((state) => states.has(state)) ?? 'served',
      },
    ];
  });
}
