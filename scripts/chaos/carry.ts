import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { World } from './world.ts';

interface ImportReport {
  readonly counts?: { readonly events: number };
}

const CLI = resolve(import.meta.dirname, '../../src/cli.ts');

/**
 * What a technician does after an alarm, with the commands that there are for it: recovers what lies in journals that were set
 * aside onto a stick, and hands the stick to the server.
 * @returns events that the server has read from sticks
 */
export async function carryByHand({ stations, databaseUrl, hubDir }: World): Promise<number> {
  let events = 0;
  for (const { name, dataDir } of stations) {
    const stick = `${dataDir}-stick`;
    mkdirSync(stick, { recursive: true });
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ station: { id: name } }));
    await thuengban('journal', 'recover', stick, '--data', dataDir, '--json');
    if (readdirSync(stick).length === 0) continue;
    const said = await thuengban('hub', 'import', stick, '--db', databaseUrl, '--dir', hubDir, '--json');
    for (const { counts } of said as readonly ImportReport[]) events += counts?.events ?? 0;
  }
  return events;
}

async function thuengban(...args: readonly string[]): Promise<unknown> {
  const run = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args]);
  return JSON.parse((await run).stdout);
}
