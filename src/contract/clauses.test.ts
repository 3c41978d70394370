import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CLAUSES } from './clauses.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const ID = /\bTB-[A-Z]{2,5}-\d{3}\b/g;

/** Files of tests, those that are shared between tests included, and the clauses that each names. */
const named = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'tests', 'scripts'],
  { cwd: HOME, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => /\.(test|contract)\.tsx?$/.test(path))
  .map((path) => [path, new Set(readFileSync(join(HOME, path), 'utf8').match(ID) ?? [])] as const);

test('every clause is named by the tests that its table lists, and by no other', () => {
  const listed = Object.entries(CLAUSES).flatMap(([id, { tests }]) => tests.map((path) => `${id} ${path}`));
  const found = named.flatMap(([path, ids]) => [...ids].map((id) => `${id} ${path}`));
  expect(found.sort()).toEqual(listed.sort());
});

test('every clause has a sentence and a test, and its id has the agreed shape', () => {
  for (const [id, { says, tests }] of Object.entries(CLAUSES)) {
    expect(id).toMatch(/^TB-MSG-\d{3}$/);
    expect(says).toMatch(/\.$/);
    expect(tests.length).toBeGreaterThan(0);
  }
});
