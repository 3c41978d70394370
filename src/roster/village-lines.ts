import { bangkokDay } from '../shared/bangkok-day.ts';
import type { FieldBook } from './field-book.ts';
import type { Overview, VillageLine } from './lines.ts';
import { addDays, type OrderVillage } from './order.ts';
import type { People } from './people.ts';
import { type Standing, standingOf } from './standing.ts';
import { type PlannedDay, suggestedOrder, type VillageToVisit } from './suggested-order.ts';

/** Days that are planned when no list says by when people are to be seen. */
const USUAL_DAYS = 5;
const MOST_DAYS = 31;

interface Counted {
  readonly village: OrderVillage;
  readonly people: number;
  readonly standings: readonly Standing[];
}

/**
 * Every village with its counts, and a suggested order for the days left.
 * @param days today included; without it, up to the last due date of those who are left
 * @param today `YYYY-MM-DD`
 */
export function villageLines(
  people: People,
  book: FieldBook,
  today: string,
  days: number | undefined,
): Pick<Overview, 'villages' | 'days'> {
  const counted = [...new Set([...people.villages.keys(), ...people.byVillage.keys()])]
    .filter((code) => code !== '')
    .sort()
    .map((code): Counted => {
      const there = people.byVillage.get(code) ?? [];
      const standings = there.map((person) => standingOf(person, book, today));
      return { village: people.villages.get(code) ?? unknownVillage(code), people: there.length, standings };
    });
  const left = days ?? daysLeft(counted, today);
  const end = addDays(today, left - 1);
  const open = new Map(counted.map(({ village, standings }) => [village.code, standings.filter(isToSee(end)).length]));
  const plan = suggestedOrder(
    counted.map((one) => toVisit(one, today, end)),
    left,
    today,
  ).map((day) => ({ ...day, people: sum(day.villages.map((code) => open.get(code) ?? 0)) }));
  const places = placesOf(plan, open);
  const where = onMap(counted.map(({ village }) => village));
  return { villages: counted.map((one) => lineOf(one, places, where)), days: plan };
}

/** Whoever was visited, and is to be visited again only after the last day, is nobody to go for. */
const isToSee =
  (end: string) =>
  (one: Standing): boolean =>
    isLeft(one) && !(one.last !== null && one.due !== null && one.due > end);

/**
 * Whoever was seen today counts as they did in the morning, and holds their village on this day: else each visit would move the
 * villages of all days, and take the one in which the team stands off today's map.
 */
function toVisit({ village, standings }: Counted, today: string, end: string): VillageToVisit {
  const isSeenToday = ({ last }: Standing) => last !== null && !last.isElsewhere && bangkokDay(last.at) === today;
  const isToday = standings.some(isSeenToday);
  const planned = standings.filter((one) => isSeenToday(one) || isToSee(end)(one));
  const dues = planned.flatMap(({ due }) => (due === null ? [] : [due])).sort();
  return { code: village.code, at: village.at, left: planned.length, due: isToday ? today : (dues[0] ?? null) };
}

function isLeft({ state }: Standing): boolean {
  return state === 'left' || state === 'due-today';
}

/** Up to the last day by which somebody who was not visited yet is to be seen; else the usual number. */
function daysLeft(counted: readonly Counted[], today: string): number {
  const open = counted.flatMap(({ standings }) => standings.filter(isLeft));
  // A next step in two weeks is no day of this tour, as long as there are people whom nobody has seen.
  const unseen = open.filter(({ last }) => last === null);
  const last = (unseen.length > 0 ? unseen : open)
    .flatMap(({ due }) => (due === null ? [] : [due]))
    .sort()
    .at(-1);
  if (last === undefined || last < today) return USUAL_DAYS;
  let days = 1;
  while (days < MOST_DAYS && addDays(today, days - 1) < last) days += 1;
  return days;
}

type Placing = ReadonlyMap<string, Pick<VillageLine, 'order' | 'day'>>;

/** Stops are counted on from today; a village where nobody is left to see is none. */
function placesOf(plan: readonly PlannedDay[], open: ReadonlyMap<string, number>): Placing {
  const places = new Map<string, Pick<VillageLine, 'order' | 'day'>>();
  let stops = 0;
  for (const { day, villages } of plan)
    for (const code of villages) places.set(code, { order: open.get(code) ? ++stops : null, day });
  return places;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function lineOf({ village, people, standings }: Counted, places: Placing, where: ReadonlyMap<string, XY>): VillageLine {
  const count = (...states: readonly Standing['state'][]) =>
    standings.filter(({ state }) => states.includes(state)).length;
  const { code, moo, name, tambon } = village;
  return {
    code,
    moo,
    name,
    tambon: tambon.name,
    at: where.get(code) ?? null,
    people,
    served: count('served'),
    left: count('left', 'due-today'),
    newCard: count('new-card'),
    dueToday: count('due-today'),
    order: places.get(code)?.order ?? null,
    day: places.get(code)?.day ?? null,
  };
}

type XY = { readonly x: number; readonly y: number };

/** Places as parts of the area that all of them take: north is up. */
function onMap(villages: readonly OrderVillage[]): ReadonlyMap<string, XY> {
  const placed = villages.flatMap(({ code, at }) => (at ? [{ code, at }] : []));
  const [west, east] = ends(placed.map(({ at }) => at.lon));
  const [south, north] = ends(placed.map(({ at }) => at.lat));
  const part = (value: number, from: number, to: number) => (to === from ? 0.5 : (value - from) / (to - from));
  return new Map(
    placed.map(({ code, at }) => [code, { x: part(at.lon, west, east), y: 1 - part(at.lat, south, north) }]),
  );
}

function ends(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** A village that no list names any more, or of a walk-in. */
function unknownVillage(code: string): OrderVillage {
  const tambon = code.slice(0, 6);
  return { code, moo: Number(code.slice(6)) || 0, name: code, tambon: { code: tambon, name: tambon }, at: null };
}
