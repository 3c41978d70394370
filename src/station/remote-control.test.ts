import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { loadSettings, saveSettings } from '../config/load-settings.ts';
import { NOTHING_REMEMBERED } from '../publish/remembered.ts';
import { deafMemory, openLinkMemory } from './link-memory-file.ts';
import { remoteControl } from './remote-control.ts';

const desired = (settings: Record<string, unknown>, programmes: Record<string, unknown>[] = []) => ({
  station: 'st-first',
  rev: 1,
  doc: { settings, programmes },
  at: '2026-11-22T02:00:00.000Z',
});

function bench() {
  const folder = tempFolder();
  saveSettings(folder.path, { station: { id: 'st-first' } });
  let isIdle = false;
  let changed: () => void = () => undefined;
  let restarts = 0;
  const control = remoteControl({
    dataDir: folder.path,
    isIdle: () => isIdle,
    onVisitChange: (listener) => {
      changed = listener;
      return () => {
        changed = () => undefined;
      };
    },
    restart: () => {
      restarts += 1;
    },
  });
  return {
    ...{ folder, control, restarts: () => restarts },
    visitIs(next: 'open' | 'idle') {
      isIdle = next === 'idle';
      changed();
    },
  };
}

test('a restart waits for the end of the visit, and happens once', async () => {
  const { folder, control, restarts, visitIs } = bench();
  control.restart();
  await new Promise(setImmediate);
  expect(restarts()).toBe(0);
  visitIs('open');
  expect(restarts()).toBe(0);
  visitIs('idle');
  visitIs('open');
  visitIs('idle');
  control.restart();
  expect(restarts()).toBe(1);
  folder[Symbol.dispose]();
});

test('settings and programmes are taken over; what is not the server’s is refused as a whole', () => {
  const { folder, control } = bench();
  expect(control.configure(desired({ station: { language: 'en' } }, [{ id: 'p1' }]))).toEqual({
    kind: 'after-restart',
  });
  expect(control.configure(desired({ station: { language: 'en' } }, [{ id: 'p2' }]))).toEqual({ kind: 'in-force' });
  const file = join(folder.path, 'settings.json');
  const before = readFileSync(file, 'utf8');
  expect(
    control.configure(
      desired({ station: { language: 'th' }, uplink: { url: 'mqtt://thief' }, face: { challenge: 'off' } }),
    ),
  ).toMatchObject({ kind: 'refused', code: 'not-allowed', detail: 'uplink.url, face.challenge' });
  expect(control.configure(desired({ visit: { attemptsAllowed: 50 } }))).toMatchObject({ code: 'CONFIG_INVALID' });
  expect(control.configure(desired({}, [{ id: 'x'.repeat(300_000) }]))).toMatchObject({ code: 'too-large' });
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(loadSettings(folder.path).settings.station.language).toBe('en');
  expect(JSON.parse(readFileSync(join(folder.path, 'remote.json'), 'utf8')).programmes).toEqual([{ id: 'p2' }]);
  folder[Symbol.dispose]();
});

test('the memory of the link outlives a restart; one that is broken is not taken for an empty one', () => {
  using folder = tempFolder();
  const memory = openLinkMemory(folder.path);
  expect(memory.read()).toEqual(NOTHING_REMEMBERED);
  memory.write({ ...NOTHING_REMEMBERED, lastCmdSeq: 4 });
  memory.write({ ...NOTHING_REMEMBERED, lastCmdSeq: 5 });
  memory.keepStatement('orders', Buffer.from('a.b.c'));
  expect(openLinkMemory(folder.path).read().lastCmdSeq).toBe(5);
  expect(JSON.parse(readFileSync(join(folder.path, 'link', 'orders.json'), 'utf8'))).toEqual({ signed: 'a.b.c' });
  const file = join(folder.path, 'link.json');
  writeFileSync(file, 'garbage');
  expect(openLinkMemory(folder.path).read().lastCmdSeq).toBe(4);
  writeFileSync(`${file}.bak`, '{"lastCmdSeq":-1}');
  expect(() => openLinkMemory(folder.path)).toThrow(expect.objectContaining({ code: 'LINK_MEMORY_BROKEN' }));
  expect(deafMemory().read().lastCmdSeq).toBe(Number.MAX_SAFE_INTEGER);
});
