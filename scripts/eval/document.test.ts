import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { insertFigures, writeDocument } from './document.ts';

test('figures are replaced, what was written by hand stays', () => {
  const first = insertFigures(undefined, 'old figures');
  const byHand = `${first}\nAn idea that failed.\n`;
  const again = insertFigures(byHand, 'new figures');
  expect(again).toContain('new figures');
  expect(again).not.toContain('old figures');
  expect(again).toContain('## Tried ideas');
  expect(again.endsWith('\nAn idea that failed.\n')).toBe(true);
  expect(insertFigures(again, 'new figures')).toBe(again);
});

test('a document without the marks is not touched', () => {
  expect(() => insertFigures('# Something else', 'figures')).toThrow('marks');
});

test('page and plots appear together, nothing half written stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eval-document-'));
  try {
    await writeDocument(folder, 'one', new Map([['a.svg', '<svg/>']]));
    const page = join(folder, 'accuracy.md');
    await writeFile(page, `${await readFile(page, 'utf8')}kept\n`);
    await writeDocument(folder, 'two', new Map([['a.svg', '<svg/>']]));
    expect(await readFile(page, 'utf8')).toMatch(/two[\s\S]*kept\n$/);
    expect(await readdir(join(folder, 'accuracy'))).toEqual(['a.svg']);
    expect((await readdir(folder)).toSorted()).toEqual(['accuracy', 'accuracy.md']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
