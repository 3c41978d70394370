import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the journal of a station lies, in its data folder. The journal has a folder to itself: one rename moves all its files. */
export interface JournalPlaces {
  readonly folder: string;
  readonly database: string;
  /** The unsigned journal of the first version. */
  readonly old: string;
  readonly head: string;
  readonly ballast: string;
}

export function journalPlaces(dataDir: string): JournalPlaces {
  const folder = join(dataDir, 'journal');
  return {
    folder,
    database: join(folder, 'journal.sqlite'),
    old: join(dataDir, 'journal.sqlite'),
    head: join(dataDir, 'journal.head'),
    ballast: join(dataDir, 'journal.ballast'),
  };
}

/**
 * Moves a journal away, in one step that a power cut leaves done or not done; nothing is deleted.
 * @returns the folder in which it lies now
 */
export function setAside({ folder }: JournalPlaces, why: string, at: Date): string {
  const aside = freeName(`${folder}-aside-${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}-${why}`);
  renameSync(folder, aside);
  syncFolder(dirname(folder));
  return aside;
}

/** Moves the journal of the first version away, with the files that belong to it. */
export function setOldAside({ folder, old }: JournalPlaces, at: Date): string | undefined {
  if (!existsSync(old)) return undefined;
  const aside = freeName(`${folder}-aside-${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}-unsigned`);
  mkdirSync(aside, { mode: 0o700 });
  // The log first: without it the file is older, but with the wrong one it would be spoilt.
  for (const end of ['-wal', '-shm', ''])
    if (existsSync(old + end)) renameSync(old + end, join(aside, `journal.sqlite${end}`));
  syncFolder(aside);
  syncFolder(dirname(folder));
  return aside;
}

/** Folders of journals that were set aside, oldest first. */
export function asideFolders({ folder }: JournalPlaces): readonly string[] {
  const start = `${basename(folder)}-aside-`;
  return readdirSync(dirname(folder))
    .filter((name) => name.startsWith(start))
    .sort()
    .map((name) => join(dirname(folder), name));
}

function freeName(wanted: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
