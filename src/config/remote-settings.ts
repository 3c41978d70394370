import { changeSettings, type RawSettings } from './load-settings.ts';

/**
 * What a server may set, by its place in `settings.json`. Everything else is the technician's: who the station is, where it
 * sends and whom it believes, files, devices, and whatever decides about faces and attacks.
 */
export const REMOTE_SETTINGS = [
  'station.language',
  'visit.attemptsAllowed',
  'visit.captureLimitMs',
  'visit.cameraLimitMs',
  'visit.probeSpacingMs',
  'visit.patienceMs',
  'visit.answerMs',
  'visit.consentVersion',
  'signals.ringLevel',
  'journal.warnFreeBytes',
  'uplink.window',
  'uplink.replayPerSecond',
  'uplink.resendAfterMs',
  'uplink.infoEveryMs',
  'uplink.healthEveryMs',
  'uplink.backOffMaxMs',
  'uplink.keepAliveS',
  'uplink.willDelayS',
  'observe.level',
] as const;

/** @returns places of `settings` that a server may not set; empty = it may */
export function forbiddenPlaces(settings: RawSettings): readonly string[] {
  return placesOf(settings).filter((place) => !(REMOTE_SETTINGS as readonly string[]).includes(place));
}

/**
 * Takes a server's settings over, all of them or none. They are declared as a whole: what the server set before and does not name
 * any more goes back to its default; what the technician set elsewhere stays.
 * @param before places that the server had set
 * @returns places that it has set now, and whether the file says something else than before
 * @throws StationFault `CONFIG_INVALID`: nothing was changed
 */
export function applyRemoteSettings(
  dataDir: string,
  settings: RawSettings,
  before: readonly string[],
): { readonly places: readonly string[]; readonly isChanged: boolean } {
  const places = placesOf(settings);
  let isChanged = false;
  changeSettings(dataDir, (raw) => {
    let next = raw;
    for (const place of before) if (!places.includes(place)) next = withPlace(next, place.split('.'), undefined);
    for (const place of places) next = withPlace(next, place.split('.'), valueAt(settings, place.split('.')));
    isChanged = JSON.stringify(next) !== JSON.stringify(raw);
    return next;
  });
  return { places, isChanged };
}

/** Places of all values that are no groups. */
function placesOf(settings: RawSettings, prefix = ''): readonly string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    isGroup(value) ? placesOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

function isGroup(value: unknown): value is RawSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function valueAt(settings: RawSettings, [key = '', ...rest]: readonly string[]): unknown {
  const value = settings[key];
  return rest.length === 0 || !isGroup(value) ? value : valueAt(value, rest);
}

/** A copy in which one place has another value; `undefined` takes the place out, and its group if that is empty then. */
function withPlace(settings: RawSettings, [key = '', ...rest]: readonly string[], value: unknown): RawSettings {
  const { [key]: old, ...others } = settings;
  const inner = rest.length === 0 ? value : withPlace(isGroup(old) ? old : {}, rest, value);
  const isEmpty = inner === undefined || (rest.length > 0 && Object.keys(inner as object).length === 0);
  return isEmpty ? others : { ...settings, [key]: inner };
}
