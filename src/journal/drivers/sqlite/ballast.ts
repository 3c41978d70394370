import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const PIECE_BYTES = 1 << 20;

/**
 * A file that takes up room, so that there is some when the disk is full: SQLite then fails to delete and to check-point too,
 * and only giving something up helps.
 */
export class Ballast {
  readonly #path: string;
  readonly #bytes: number;

  constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  get isThere(): boolean {
    return this.#bytes === 0 || (statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) >= this.#bytes;
  }

  /** Makes the file while twice its size is free. Never throws: without it the station works, and a full disk is told earlier. */
  keep(): void {
    if (this.isThere) return;
    const fresh = `${this.#path}.new`;
    try {
      const { bavail, bsize } = statfsSync(dirname(this.#path));
      if (bavail * bsize < 2 * this.#bytes) return;
      fill(fresh, this.#bytes);
      renameSync(fresh, this.#path);
    } catch {
      rmSync(fresh, { force: true });
    }
  }

  /** @returns whether there was something to give up */
  giveUp(): boolean {
    if (this.#bytes === 0 || !this.isThere) return false;
    rmSync(this.#path, { force: true });
    return true;
  }
}

/** Random bytes: a file system that compresses, or leaves out zeros, would keep nothing free. */
function fill(path: string, bytes: number): void {
  const file = openSync(path, 'w', 0o600);
  try {
    const piece = randomFillSync(Buffer.alloc(Math.min(bytes, PIECE_BYTES)));
    for (let written = 0; written < bytes; )
      written += writeSync(file, piece, 0, Math.min(piece.length, bytes - written));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
