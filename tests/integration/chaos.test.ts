import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { brokerMissing } from '../fixtures/hub/broker.ts';

const CHAOS = resolve(import.meta.dirname, '../../scripts/chaos.ts');

test.skipIf(brokerMissing !== undefined)(
  'each kind of fault once, stations killed at random: nothing is lost, nothing doubled, every chain whole',
  { timeout: 300_000 },
  async () => {
    const args = ['--disable-warning=ExperimentalWarning', CHAOS, '--short', '--seed', '5', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const report = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(report).toMatchObject({ seed: 5, lost: 0, doubled: 0, chainWhole: true });
    expect(report.events).toBeGreaterThanOrEqual(400);
    expect(Object.keys(report.byKind)).toHaveLength(report.faults);
  },
);
