/** Something that lies somewhere, by the code of its area and, where it is known, its place. */
export interface Spot {
  readonly code: string;
  /** WGS 84, degrees. */
  readonly at: { readonly lat: number; readonly lon: number } | null;
}

/** Guesses for villages whose place is not known, km: in one tambon, one district, further away. */
const UNKNOWN_KM = { tambon: 3, district: 15, beyond: 60 } as const;
const KM_PER_DEGREE = 111.2;

/** About how far it is, km: as the crow flies on a flat map, which is enough within a province. */
export function distanceKm(one: Spot, other: Spot): number {
  if (one.at && other.at) {
    const across = Math.cos(((one.at.lat + other.at.lat) / 2) * (Math.PI / 180));
    return KM_PER_DEGREE * Math.hypot(one.at.lat - other.at.lat, (one.at.lon - other.at.lon) * across);
  }
  if (one.code.slice(0, 6) === other.code.slice(0, 6)) return UNKNOWN_KM.tambon;
  return one.code.slice(0, 4) === other.code.slice(0, 4) ? UNKNOWN_KM.district : UNKNOWN_KM.beyond;
}

/** A short way through all of them: always on to the nearest, then pieces turned round as long as that shortens it (2-opt). */
export function tour<T extends Spot>(spots: readonly T[]): readonly T[] {
  if (spots.length < 3) return spots;
  const km = spots.map((one) => spots.map((other) => distanceKm(one, other)));
  const between = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? 0 : (km[a]?.[b] ?? 0);
  const way = nearestFirst(spots.length, between);
  for (let isShorter = true, rounds = 0; isShorter && rounds < 50; rounds++) {
    isShorter = false;
    for (let i = 0; i < way.length - 1; i++)
      for (let j = i + 1; j < way.length; j++) {
        const gain =
          between(way[i - 1], way[i]) +
          between(way[j], way[j + 1]) -
          between(way[i - 1], way[j]) -
          between(way[i], way[j + 1]);
        if (gain <= 1e-9) continue;
        way.splice(i, j - i + 1, ...way.slice(i, j + 1).reverse());
        isShorter = true;
      }
  }
  return way.map((index) => spots[index] as T);
}

function nearestFirst(count: number, between: (a: number, b: number) => number): number[] {
  const open = new Set(Array.from({ length: count }, (_, index) => index));
  const way: number[] = [];
  for (let here = 0; open.size > 0; ) {
    way.push(here);
    open.delete(here);
    let [nearest, least] = [here, Number.POSITIVE_INFINITY];
    for (const one of open) if (between(here, one) < least) [nearest, least] = [one, between(here, one)];
    here = nearest;
  }
  return way;
}
