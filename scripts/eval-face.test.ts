import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const run = (...options: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'eval-face.ts'), ...options], { encoding: 'utf8' });

test('without the data it says so and succeeds, unless it must not', () => {
  const { status, stdout, stderr } = run('--data', '/no/such/folder', '--json');
  expect(status).toBe(0);
  expect(stderr).toMatch(/^skipped: no pictures in \/no\/such\/folder/);
  expect(JSON.parse(stdout)).toHaveProperty('skipped');
  expect(run('--data', '/no/such/folder', '--strict').status).toBe(1);
});

test.each([
  { options: ['--parts', 'roll,everything'], sentence: 'no part is called everything' },
  { options: ['--rounds', '0'], sentence: '--rounds is a whole number' },
  { options: ['--nonsense'], sentence: "Unknown option '--nonsense'" },
])('$options is refused', ({ options, sentence }) => {
  const { status, stderr } = run(...options);
  expect(status).toBe(1);
  expect(stderr).toContain(sentence);
});
