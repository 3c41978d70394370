import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian's driver package keeps the reader's settings. */
const SYSTEM_CONFIG = '/etc/reader.conf.d';
const PID_FILE = '/run/pcscd/pcscd.pid';

/** Command line of the pcscd that runs, or `undefined` when none does. */
export async function runningPcscd(): Promise<readonly string[] | undefined> {
  try {
    // pcscd writes a NUL after the number.
    const pid = Number.parseInt(await readFile(PID_FILE, 'utf8'), 10);
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter((word) => word !== '');
    return words[0]?.endsWith('pcscd') ? words : undefined;
  } catch {
    return undefined;
  }
}

/** The first slot's port of the virtual reader that this pcscd has in its settings. */
export async function virtualPort(commandLine: readonly string[]): Promise<number | undefined> {
  const at = commandLine.findIndex((word) => word === '--config' || word === '-c');
  const folder = at < 0 ? SYSTEM_CONFIG : (commandLine[at + 1] ?? SYSTEM_CONFIG);
  const port = /^\s*DEVICENAME\s+\/dev\/null:(\w+)/m.exec(await readSettings(folder))?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Path of the vpcd driver as the distribution has installed it, or `undefined` when it has not. */
export async function vpcdLibrary(): Promise<string | undefined> {
  return /^\s*LIBPATH\s+(\S*vpcd\S*)/m.exec(await readSettings(SYSTEM_CONFIG))?.[1];
}

async function readSettings(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.join('\n');
}
