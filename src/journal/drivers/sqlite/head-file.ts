import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Head } from './sqlite-journal.ts';

/**
 * The last event of the journal, told again in a file beside it: a journal that was put back to an older state does not know that
 * it was. Written after each commit and never synced: after a power cut it may be older than the journal, which proves
 * nothing, but never newer.
 */
export class HeadFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** `undefined` when there is none, or none that can be read. */
  read(): Head | undefined {
    try {
      const { epoch, seq, hash } = JSON.parse(readFileSync(this.#path, 'utf8'));
      return typeof epoch === 'string' && Number.isInteger(seq) && typeof hash === 'string'
        ? { epoch, seq, hash }
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** A full disk keeps nobody from going on: the file is then older, which proves nothing. */
  write({ epoch, seq, hash }: Head): void {
    // Always as long as before, so that the last line never has a rest of the one before it.
    const line = `${JSON.stringify({ epoch, seq, hash }).padEnd(255)}\n`;
    try {
      const file = openSync(this.#path, 'r+');
      writeLine(file, line);
    } catch {
      this.#make(line);
    }
  }

  #make(line: string): void {
    try {
      writeLine(openSync(this.#path, 'w', 0o600), line);
    } catch {
      // As above.
    }
  }
}

function writeLine(file: number, line: string): void {
  try {
    writeSync(file, line, 0);
  } finally {
    closeSync(file);
  }
}
