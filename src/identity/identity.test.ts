import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { keyFile } from './key-file.ts';
import { pseudonym } from './pseudonym.ts';

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

test('the same person has one pseudonym a programme, and it does not lead back', () => {
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  expect(pseudonym(one, '9101200000017')).toBe(pseudonym(one, '9101200000017'));
  expect(pseudonym(one, '9101200000017')).not.toBe(pseudonym(other, '9101200000017'));
  expect(pseudonym(one, '9101200000017')).not.toBe(pseudonym(one, '9101200000025'));
  expect(pseudonym(one, '9101200000017')).toMatch(/^[\w-]{43}$/);
});
