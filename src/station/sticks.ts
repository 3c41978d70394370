import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { MAX_ORDER_BYTES } from '../contract/orders.ts';
import { StationFault } from '../shared/fault.ts';

/** Where desktops and servers mount what is plugged in. */
export const STICK_ROOTS: readonly string[] = ['/media', '/run/media', '/mnt'];
const END = '.orders';
/** `/media/user/STICK`: nothing is looked for deeper. */
const DEPTH = 2;
const MOST_FILES = 100;

export interface Stick {
  readonly path: string;
  readonly label: string;
  /** Work orders that lie on it. */
  readonly orders: number;
}

/** Folders below the roots that hold work orders or are mounted there. What cannot be read is passed over. */
export function findSticks(roots: readonly string[] = STICK_ROOTS): readonly Stick[] {
  const found = new Map<string, Stick>();
  for (const root of roots)
    for (const path of foldersBelow(root, DEPTH)) {
      const orders = ordersIn(path).length;
      if (orders > 0 || isMounted(path)) found.set(path, { path, label: basename(path), orders });
    }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Work orders of a folder, or the one file that is named. */
export function ordersAt(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return ordersIn(path);
  return path.endsWith(END) ? [path] : [];
}

/** Whether a path that a page asks for lies on something that is plugged in, links followed. */
export function isOnStick(path: string, roots: readonly string[] = STICK_ROOTS): boolean {
  try {
    const real = realpathSync(path);
    return roots.some((root) => {
      const at = realFolder(root);
      return at !== undefined && real.startsWith(`${at}${sep}`);
    });
  } catch {
    return false;
  }
}

/** Reads a sealed file that somebody else wrote: a plain file, and no larger than one may be. @throws StationFault `ORDERS_REFUSED` */
export function readOrdersFile(path: string): Uint8Array {
  let file: number | undefined;
  try {
    // A pipe in its place must not hold up the station.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new StationFault('ORDERS_REFUSED', path, 'no plain file');
    if (stat.size > MAX_ORDER_BYTES) throw new StationFault('ORDERS_REFUSED', path, `${stat.size} bytes are too many`);
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof StationFault) throw cause;
    throw new StationFault('ORDERS_REFUSED', path, 'it cannot be read', { cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function ordersIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith(END) && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .sort()
    .slice(0, MOST_FILES);
}

function foldersBelow(root: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  return entriesOf(root)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(root, name))
    .flatMap((path) => [path, ...foldersBelow(path, depth - 1)]);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Another file system than the folder in which it lies. */
function isMounted(path: string): boolean {
  const [own, parent] = [path, dirname(path)].map((one) => statSync(one, { throwIfNoEntry: false })?.dev);
  return own !== undefined && own !== parent;
}

function realFolder(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
