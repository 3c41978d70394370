import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { KeptFile } from './kept-file.ts';

const schema = z.strictObject({ count: z.int() });
function keptFile() {
  const folder = tempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const path = join(folder.path, 'kept.json');
  return { path, file: new KeptFile(path, schema) };
}

test('what was written is read, for nobody else on the machine', () => {
  const { path, file } = keptFile();
  expect(file.read()).toBeUndefined();
  file.write({ count: 1 });
  expect(file.read()).toEqual({ count: 1 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each(['{ cut sh', '{"count":"many"}', ''])('after a broken write (%j) what was there before is used', (broken) => {
  const { path, file } = keptFile();
  file.write({ count: 1 });
  file.write({ count: 2 });
  writeFileSync(path, broken);
  expect(file.read()).toEqual({ count: 1 });
  file.write({ count: 3 });
  expect(file.read()).toEqual({ count: 3 });
});

test('forgetting leaves neither file nor copy', () => {
  const { path, file } = keptFile();
  file.write({ count: 1 });
  file.write({ count: 2 });
  file.forget();
  expect([existsSync(path), existsSync(`${path}.bak`)]).toEqual([false, false]);
  expect(file.read()).toBeUndefined();
  file.forget();
});
