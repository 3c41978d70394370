import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { lightDistance } from '../face/attack/photometry.ts';
import type { FaceCues } from '../face/port.ts';
import { OwnLightStore } from './own-light.ts';

const CUES: FaceCues = {
  blown: 0.01,
  contrast: 40,
  saturation: 0.4,
  cast: -0.3,
  black: 30,
  glare: 0,
  sharper: 0.5,
  grid: 2.2,
};

function dataDir(): string {
  const folder = tempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

test('each camera has its own light, and a restart knows it', () => {
  const dir = dataDir();
  const store = new OwnLightStore(dir);
  for (let n = 0; n < 30; n++) store.learn('one', [CUES]);
  store.learn('other', [{ ...CUES, contrast: 20 }]);
  const again = new OwnLightStore(dir);
  expect(again.summary()).toEqual([
    { camera: 'one', captures: 30, judges: true },
    { camera: 'other', captures: 1, judges: false },
  ]);
  expect(lightDistance(again.of('one'), [CUES])?.distance).toBeLessThan(1);
  expect(lightDistance(again.of('other'), [CUES])).toBeUndefined();
  expect(again.of('a third one').captures).toBe(0);
});

test('only the cameras used last are remembered', () => {
  const store = new OwnLightStore(dataDir());
  for (const camera of ['a', 'b', 'c', 'd', 'a', 'e']) store.learn(camera, [CUES]);
  expect(store.summary().map(({ camera }) => camera)).toEqual(['c', 'd', 'a', 'e']);
});

test('what another program forgot is forgotten here too, and a broken file is a new beginning', () => {
  const dir = dataDir();
  const [station, command] = [new OwnLightStore(dir), new OwnLightStore(dir)];
  station.learn('one', [CUES]);
  command.forget();
  expect(station.of('one').captures).toBe(0);
  station.learn('one', [CUES]);
  writeFileSync(join(dir, 'light.json'), '{"version":1,"cameras":[{"camera":"one","captures":1e9}]}');
  expect(station.of('one').captures).toBe(0);
});
