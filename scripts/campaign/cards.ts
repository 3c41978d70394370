import { addDays, type OrderPerson } from '../../src/roster/order.ts';
import type { HolderCard } from '../../src/station/registry.ts';

/** Numbers of people who are on no list begin here. */
export const OFF_LIST = { caretaker: 5_000, neighbour: 6_000, walkIn: 7_000 } as const;

/** What state somebody's card is in. */
export type CardState = 'good' | 'expired' | 'mute' | 'renewed';

/**
 * @param from first day of the campaign
 * @param renewedOn day of the district office's batch, for a card that was renewed
 */
export function cardOf(
  person: Pick<OrderPerson, 'name' | 'bornYear'>,
  citizenNumber: string,
  state: CardState,
  from: string,
  renewedOn: string | null,
): HolderCard {
  const issued =
    state === 'renewed' && renewedOn !== null ? renewedOn : addDays(from, state === 'expired' ? -3_400 : -900);
  return {
    citizenNumber,
    name: person.name,
    bornYear: person.bornYear ?? 1950,
    isMan: person.name.title === 'นาย',
    issued,
    expires: state === 'expired' ? addDays(from, -30) : addDays(issued, 2_900),
    isMute: state === 'mute',
  };
}

/** Somebody who is on no list. */
export const stranger = (family: string): Pick<OrderPerson, 'name' | 'bornYear'> => ({
  name: { title: 'นาง', given: 'จำปา', family },
  bornYear: 1_970,
});
