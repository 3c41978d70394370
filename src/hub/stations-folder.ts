import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { instant } from '../contract/ids.ts';
import { type StationKey, stationKeySchema } from '../contract/trust.ts';
import { StationFault } from '../shared/fault.ts';
import { writeOnce } from './write-file.ts';

/** What the register says of one station: its keys, old ones too, and from when on each is refused. */
const registeredSchema = z.object({
  station: stationKeySchema.shape.station,
  keys: z.array(stationKeySchema.shape.signing.extend({ refusedFrom: instant.nullable() })).min(1),
  /** Newest key to which work orders are sealed; `null` = the station has none yet. */
  receiving: stationKeySchema.shape.receiving.unwrap().nullable().default(null),
});
export type Registered = z.infer<typeof registeredSchema>;

const folderOf = (dir: string) => join(dir, 'stations');
const fileOf = (dir: string, station: string) => join(folderOf(dir), `${station}.json`);

/**
 * Takes over a station's public key, as `thuengban identity show --json` prints it. A station may have several: old ones stay good
 * until they are revoked, since what they signed may still lie in an outbox.
 * @throws StationFault `HUB_REGISTER` when the document is not one, or the key is another station's
 */
export function registerStation(
  dir: string,
  document: string,
): { readonly registered: Registered; readonly isNew: boolean } {
  const { station, signing, receiving = null } = parseDocument(document);
  mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 });
  const holder = readStations(dir).find(({ keys }) => keys.some(({ kid }) => kid === signing.kid));
  if (holder && holder.station !== station)
    throw new StationFault('HUB_REGISTER', station, `${holder.station} is registered with this key`);
  if (holder && (receiving === null || holder.receiving?.kid === receiving.kid))
    return { registered: holder, isNew: false };
  const known = readStations(dir).find((one) => one.station === station);
  const keys = holder ? holder.keys : [...(known?.keys ?? []), { ...signing, refusedFrom: null }];
  const registered = { station, keys, receiving: receiving ?? known?.receiving ?? null };
  write(dir, registered);
  return { registered, isNew: true };
}

/**
 * Refuses a station's keys from a time on. An earlier time that was told before stays: what was reported lost is not found again.
 * @param kid one of its keys, or `undefined` for all
 * @throws StationFault `HUB_REGISTER` when there is no such station or key
 */
export function revokeStation(dir: string, station: string, kid: string | undefined, from: string): Registered {
  const known = readStations(dir).find((one) => one.station === station);
  if (!known?.keys.some((key) => kid === undefined || key.kid === kid))
    throw new StationFault('HUB_REGISTER', station, known ? 'it has no such key' : 'it is not registered');
  const registered = {
    station,
    receiving: known.receiving,
    keys: known.keys.map((key) =>
      kid !== undefined && key.kid !== kid
        ? key
        : { ...key, refusedFrom: key.refusedFrom !== null && key.refusedFrom < from ? key.refusedFrom : from },
    ),
  };
  write(dir, registered);
  return registered;
}

/** Every registered station, by its name. @throws StationFault `HUB_REGISTER` when a file of the register is broken */
export function readStations(dir: string): readonly Registered[] {
  return filesOf(dir).map((name) => {
    const path = join(folderOf(dir), name);
    const parsed = registeredSchema.safeParse(parse(readFileSync(path, 'utf8')));
    if (!parsed.success) throw new StationFault('HUB_REGISTER', path, 'not a file of this register');
    return parsed.data;
  });
}

/** Changes when a file of the register does. */
export function registerState(dir: string): string {
  return filesOf(dir)
    .map((name) => `${name} ${statSync(join(folderOf(dir), name)).mtimeMs}`)
    .join('\n');
}

function parseDocument(document: string): StationKey {
  const parsed = stationKeySchema.safeParse(parse(document));
  if (!parsed.success)
    throw new StationFault('HUB_REGISTER', 'document', 'not what `thuengban identity show --json` prints');
  return parsed.data;
}

function write(dir: string, registered: Registered): void {
  writeOnce(fileOf(dir, registered.station), `${JSON.stringify(registered, null, 2)}\n`, 0o644);
}

function filesOf(dir: string): readonly string[] {
  try {
    return readdirSync(folderOf(dir))
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
