import { lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unusable } from './simulator.ts';

/** Where a simulated serial port appears: a path that stays the same while it is plugged out and in. */
export interface PortPath extends Disposable {
  readonly path: string;
}

/**
 * @param link a path that the developer wants, `undefined` = one in a folder of its own that goes away with it
 * @throws StationFault `USAGE` when something else is there: a left-over link to nowhere is taken, nothing more
 */
export function portPath(link: string | undefined, name: string): PortPath {
  if (link !== undefined) {
    // The station that reads the settings may run in another folder.
    const path = resolve(link);
    if (!statSync(dirname(link), { throwIfNoEntry: false })?.isDirectory())
      throw unusable(`--link ${link}: there is no folder ${dirname(link)}`);
    const there = lstatSync(link, { throwIfNoEntry: false });
    const isLeftOver = there?.isSymbolicLink() && statSync(link, { throwIfNoEntry: false }) === undefined;
    if (there && !isLeftOver) throw unusable(`--link ${link}: something is there already`);
    return { path, [Symbol.dispose]: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'thuengban-simulate-'));
  return { path: join(folder, name), [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
