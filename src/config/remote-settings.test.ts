import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { loadSettings, saveSettings } from './load-settings.ts';
import { applyRemoteSettings, forbiddenPlaces, REMOTE_SETTINGS } from './remote-settings.ts';

test('every place that a server may set is a place of the settings', () => {
  using folder = tempFolder();
  const { settings } = loadSettings(folder.path);
  for (const place of REMOTE_SETTINGS) {
    const [group = '', key = ''] = place.split('.');
    expect(settings).toHaveProperty([group, key]);
  }
});

test.each([
  ['who the station is', { station: { id: 'st-other' } }, ['station.id']],
  ['where it sends', { uplink: { url: 'mqtt://elsewhere' } }, ['uplink.url']],
  ['whom it believes', { uplink: { tls: { caFile: '/x' } } }, ['uplink.tls.caFile']],
  ['what decides about faces', { face: { challenge: 'off' } }, ['face.challenge']],
  ['a driver', { camera: { driver: 'simulated' } }, ['camera.driver']],
  ['a whole group', { visit: {} }, ['visit']],
  ['something that is none', { nonsense: 1, visit: { answerMs: 1 } }, ['nonsense']],
])('a server may not set %s', (_, settings, places) => expect(forbiddenPlaces(settings)).toEqual(places));

test("a server's settings are taken as a whole: what it does not name any more is the default again", () => {
  using folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-first' }, kiosk: { widthMm: 300 } });
  const first = applyRemoteSettings(folder.path, { visit: { attemptsAllowed: 2, answerMs: 9_000 } }, []);
  expect(first).toEqual({ places: ['visit.attemptsAllowed', 'visit.answerMs'], isChanged: true });
  const second = applyRemoteSettings(folder.path, { station: { language: 'en' } }, first.places);
  const { settings } = loadSettings(folder.path);
  expect(settings.visit).toMatchObject({ attemptsAllowed: 3, answerMs: 30_000 });
  expect(settings.station).toMatchObject({ id: 'st-first', language: 'en' });
  expect(settings.kiosk.widthMm).toBe(300);
  expect(applyRemoteSettings(folder.path, { station: { language: 'en' } }, second.places).isChanged).toBe(false);
});

test('settings that do not fit change nothing, whatever else they hold', () => {
  using folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-first' } });
  const file = join(folder.path, 'settings.json');
  const before = readFileSync(file, 'utf8');
  expect(() =>
    applyRemoteSettings(folder.path, { station: { language: 'en' }, visit: { attemptsAllowed: 99 } }, []),
  ).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('whatever a server sends, a name of the prototype chain included, it is forbidden, or it is a place of the list', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.constant({ ['__proto__']: { a: 1 } })),
      (doc) => {
        const forbidden = forbiddenPlaces(doc);
        if (Object.keys(doc).length > 0 && forbidden.length === 0) expect(Object.keys(doc)).toSatisfy(isListed);
      },
    ),
  );
});

function isListed(keys: readonly string[]): boolean {
  return keys.every((key) => REMOTE_SETTINGS.some((place) => place.startsWith(`${key}.`)));
}
