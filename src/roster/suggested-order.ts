import { addDays } from './order.ts';
import { type Spot, tour } from './tour.ts';

/** A village where somebody is left. */
export interface VillageToVisit extends Spot {
  readonly code: string;
  /** People to be seen there. */
  readonly left: number;
  /** Earliest day by which somebody must be seen, `YYYY-MM-DD`, or `null`. */
  readonly due: string | null;
}

export interface PlannedDay {
  readonly day: string;
  /** In the order in which to go. */
  readonly villages: readonly string[];
  readonly people: number;
}

interface Placed {
  readonly village: VillageToVisit;
  /** Last day that is in time, an index. */
  readonly latest: number;
}

/**
 * A good order for the days left: nobody who has a due date is planned after it, days carry about the same number of people, and within
 * that ways are short. The same villages give the same order, in whatever order they are handed in.
 * @param days how many, today included
 * @returns one line a day that has anything to do
 */
export function suggestedOrder(
  villages: readonly VillageToVisit[],
  days: number,
  today: string,
): readonly PlannedDay[] {
  const open = villages.filter(({ left }) => left > 0).sort((a, b) => (a.code < b.code ? -1 : 1));
  const count = Math.max(1, days);
  const placed = tour(open).map(
    (village): Placed => ({ village, latest: village.due === null ? count - 1 : dayIndex(village.due, today, count) }),
  );
  const plan = cut(placed, count);
  even(plan);
  return plan
    .map((villagesOfDay, index) => ({ day: addDays(today, index), villagesOfDay }))
    .filter(({ villagesOfDay }) => villagesOfDay.length > 0)
    .map(({ day, villagesOfDay }) => ({
      day,
      villages: tour(villagesOfDay.map(({ village }) => village)).map(({ code }) => code),
      people: load(villagesOfDay),
    }));
}

function dayIndex(due: string, today: string, count: number): number {
  const index = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);
  return Math.min(count - 1, Math.max(0, index));
}

/** Cuts one way through all villages into days of about the same load; who is due sooner is taken out of it and put on their day. */
function cut(placed: readonly Placed[], count: number): Placed[][] {
  const plan: Placed[][] = Array.from({ length: count }, () => []);
  const total = load(placed);
  let gone = 0;
  for (const one of placed) {
    const middle = gone + one.village.left / 2;
    const wanted = Math.min(count - 1, Math.floor((middle / Math.max(1, total)) * count));
    plan[Math.min(wanted, one.latest)]?.push(one);
    gone += one.village.left;
  }
  return plan;
}

/** Moves villages from the fullest day to the emptiest where they are still in time, as long as that makes the two more alike. */
function even(plan: Placed[][]): void {
  const most = plan.flat().length * 2;
  for (let round = 0; round < most; round++) {
    const loads = plan.map(load);
    const move = bestMove(plan, loads);
    if (!move) return;
    const { from, to, one } = move;
    plan[from]?.splice(plan[from]?.indexOf(one) ?? 0, 1);
    plan[to]?.push(one);
  }
}

function bestMove(plan: readonly Placed[][], loads: readonly number[]) {
  const full = loads.indexOf(Math.max(...loads));
  const targets = loads.map((_, index) => index).sort((a, b) => (loads[a] ?? 0) - (loads[b] ?? 0) || a - b);
  for (const to of targets) {
    const gap = (loads[full] ?? 0) - (loads[to] ?? 0);
    const movable = (plan[full] ?? []).filter(({ latest, village }) => latest >= to && village.left < gap);
    const after = ({ village }: Placed) => Math.abs(gap - 2 * village.left);
    const [one] = movable.sort((a, b) => after(a) - after(b) || (a.village.code < b.village.code ? -1 : 1));
    if (one) return { from: full, to, one };
  }
  return undefined;
}

function load(placed: readonly Placed[]): number {
  return placed.reduce((sum, { village }) => sum + village.left, 0);
}
