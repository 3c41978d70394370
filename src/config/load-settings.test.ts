import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { FsyncFile } from './fsync-file.ts';
import { changeSettings, loadSettings, saveSettings } from './load-settings.ts';
import { settingsJsonSchema } from './settings.ts';

test('no file means the defaults', () => {
  using folder = tempFolder();
  const { settings, fallback } = loadSettings(folder.path);
  expect(fallback).toBeNull();
  expect(settings).toMatchObject({
    station: { id: 'st-demo', language: 'th' },
    kiosk: { port: 8080 },
    visit: { attemptsAllowed: 3 },
  });
});

test('what is saved is read again, for its owner only', () => {
  using folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-000042' } });
  expect(loadSettings(folder.path).settings.station.id).toBe('st-000042');
  expect(statSync(join(folder.path, 'settings.json')).mode & 0o777).toBe(0o600);
});

test('a broken file falls back to the copy before it and says why', () => {
  using folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-first' } });
  saveSettings(folder.path, { station: { id: 'st-second' } });
  writeFileSync(join(folder.path, 'settings.json'), '{"station": {"id": "st-sec');
  const { settings, fallback, path } = loadSettings(folder.path);
  expect(settings.station.id).toBe('st-first');
  expect(path).toMatch(/settings\.json\.bak$/);
  expect(fallback).toMatch(/JSON/);
});

test('a broken file never becomes the backup', () => {
  using folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-first' } });
  saveSettings(folder.path, { station: { id: 'st-second' } });
  writeFileSync(join(folder.path, 'settings.json'), 'garbage');
  saveSettings(folder.path, { station: { id: 'st-third' } });
  expect(JSON.parse(readFileSync(join(folder.path, 'settings.json.bak'), 'utf8')).station.id).toBe('st-first');
});

test.each([
  { name: 'an unknown key', data: { kiosk: { prot: 1 } }, says: /prot/ },
  { name: 'a value out of range', data: { visit: { attemptsAllowed: 9 } }, says: /attemptsAllowed/ },
  { name: 'a wrong type', data: { kiosk: { port: 'http' } }, says: /port/ },
])('$name is refused with its place: $name', ({ data, says }) => {
  using folder = tempFolder();
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(join(folder.path, 'settings.json'), JSON.stringify(data));
  expect(() => loadSettings(folder.path)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(says) }),
  );
  expect(() => saveSettings(folder.path, data)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

test('a change leaves defaults out, keeps the file before, and does not touch a broken one', () => {
  using folder = tempFolder();
  const file = join(folder.path, 'settings.json');
  changeSettings(folder.path, (raw) => ({ ...raw, station: { id: 'st-first' } }));
  changeSettings(folder.path, (raw) => ({ ...raw, face: { modelsDir: '/models' } }));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    station: { id: 'st-first' },
    face: { modelsDir: '/models' },
  });
  expect(JSON.parse(readFileSync(`${file}.bak`, 'utf8'))).toEqual({ station: { id: 'st-first' } });
  const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' });
  expect(() => changeSettings(folder.path, () => ({ face: { modelsDir: 7 } }))).toThrow(invalid);
  writeFileSync(file, '{"station":');
  expect(() => changeSettings(folder.path, (raw) => raw)).toThrow(invalid);
  expect(readFileSync(file, 'utf8')).toBe('{"station":');
});

test('the adapter leaves either the old or the new file, never a half one', () => {
  using folder = tempFolder();
  const file = new FsyncFile(join(folder.path, 'a.json'));
  expect(file.read()).toBeNull();
  file.write({ n: 1 });
  file.write({ n: 2 });
  expect(file.read()).toEqual({ n: 2 });
  expect(file.readBackup()).toEqual({ n: 1 });
});

test('docs/config.schema.json is the schema in force', () => {
  const path = new URL('../../docs/config.schema.json', import.meta.url);
  const text = `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_DOCS']) writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
