import type { OrderPerson } from './order.ts';

type Told = Pick<OrderPerson, 'attempts' | 'attemptsBy'>;

/**
 * Captures of a campaign that somebody has used at all stations. What the server has of this station is what it was told by it: such a
 * capture counts once, and it still counts when the station has forgotten it.
 * @param here captures that this station remembers
 * @param station this station
 * @param told what each list of the campaign says of the person
 */
export function usedAttempts(here: number, station: string | undefined, told: readonly Told[]): number {
  const most = new Map<string, number>();
  for (const { attemptsBy } of told)
    for (const [at, used] of Object.entries(attemptsBy ?? {})) most.set(at, Math.max(used, most.get(at) ?? 0));
  const own = Math.max(here, most.get(station ?? '') ?? 0);
  most.delete(station ?? '');
  const named = [...most.values()].reduce((sum, used) => sum + used, 0);
  // Older servers tell one number for all the others.
  const unnamed = told.map(({ attempts, attemptsBy }) => (attemptsBy ? 0 : attempts));
  return own + Math.max(named, ...unnamed);
}
