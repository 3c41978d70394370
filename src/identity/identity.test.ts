import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { keyFile } from './key-file.ts';

test('a key is made once, kept for its owner only, and never replaced', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'a.key');
  const key = keyFile(path);
  expect(key).toHaveLength(32);
  expect(Buffer.from(keyFile(path))).toEqual(Buffer.from(key));
  chmodSync(path, 0o644);
  keyFile(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, 'short');
  expect(() => keyFile(path)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  expect(readFileSync(path, 'utf8')).toBe('short');
});
