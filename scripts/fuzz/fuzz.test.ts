import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mutated, randomOf } from './mutate.ts';
import { TARGETS } from './targets.ts';

const SCRIPT = fileURLToPath(new URL('../fuzz.ts', import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, ['--expose-gc', SCRIPT, ...args], { encoding: 'utf8' });

test('every parser withstands its share of hostile inputs', { timeout: 120_000 }, () => {
  const { status, stdout, stderr } = run('--inputs', '10000', '--seed', `${Date.now() % 1_000_000}`, '--json');
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout).results).toHaveLength(Object.keys(TARGETS).length);
});

test('the same seed gives the same inputs, another seed others', () => {
  const inputs = (seed: number) => {
    const random = randomOf(seed);
    return Array.from({ length: 50 }, () => Buffer.from(mutated([Uint8Array.of(1, 2, 3)], random)).toString('hex'));
  };
  expect(inputs(7)).toEqual(inputs(7));
  expect(inputs(7)).not.toEqual(inputs(8));
});
