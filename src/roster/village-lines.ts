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
  const plan = suggestedOrder(
    counted.map((one) => toVisit(one, addDays(today, left - 1))),
    left,
    today,
  );
  const places = placesOf(plan);
  const where = onMap(counted.map(({ village }) => village));
  return { villages: counted.map((one) => lineOf(one, places, where)), days: plan };
}

/** Whoever was visited, and is to be visited again only after the last day, is nobody to go for. */
function toVisit({ village, standings }: Counted, end: string): VillageToVisit {
  const isLater = ({ last, due }: Standing) => last !== null && due !== null && due > end;
  const left = standings.filter((one) => isLeft(one) && !isLater(one));
  const dues = left.flatMap(({ due }) => (due === null ? [] : [due])).sort();
  return { code: village.code, at: village.at, left: left.length, due: dues[0] ?? null };
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

type Placing = ReadonlyMap<string, { readonly order: number; readonly day: string }>;

function placesOf(plan: readonly PlannedDay[]): Placing {
  const way = plan.flatMap(({ day, villages }) => villages.map((code) => ({ code, day })));
  return new Map(way.map(({ code, day }, index) => [code, { order: index + 1, day }]));
}

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
