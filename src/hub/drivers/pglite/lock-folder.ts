import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { StationFault } from '../../../shared/fault.ts';

/**
 * Keeps a second process out of a folder. The lock of a process that died, or of another boot, counts for nothing.
 * @throws StationFault `HUB_DATABASE_BUSY`
 */
export function lockFolder(folder: string): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Beside the folder: the database must find its own folder empty.
  const path = `${folder.replace(/\/+$/, '')}.lock`;
  const mine = `${process.pid} ${bootId()}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, mine);
      closeSync(file);
      return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder !== undefined)
      throw new StationFault('HUB_DATABASE_BUSY', folder, `process ${holder} has it; PostgreSQL serves many processes`);
    rmSync(path, { force: true });
  }
  throw new StationFault('HUB_DATABASE_BUSY', folder, 'others keep taking it');
}

function holderOf(path: string): number | undefined {
  const [pid = '', boot] = read(path).split(' ');
  const holder = Number(pid);
  if (!Number.isInteger(holder) || holder <= 0 || boot !== bootId()) return undefined;
  try {
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? holder : undefined;
  }
}

function bootId(): string {
  return read('/proc/sys/kernel/random/boot_id').trim();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
