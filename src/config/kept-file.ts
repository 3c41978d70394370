import { rmSync } from 'node:fs';
import { LowSync } from 'lowdb';
import type { z } from 'zod';
import { FsyncFile } from './fsync-file.ts';

/** A small file of the data folder that the program writes itself and can do without: lowdb over an adapter that survives a power cut. */
export class KeptFile<T> {
  readonly #file: FsyncFile;
  readonly #schema: z.ZodType<T>;

  constructor(path: string, schema: z.ZodType<T>) {
    this.#file = new FsyncFile(path);
    this.#schema = schema;
  }

  /** @returns what was kept, or what was kept before it when that is broken; `undefined` when neither can be used */
  read(): T | undefined {
    for (const look of [() => this.#file.read(), () => this.#file.readBackup()]) {
      try {
        const found = this.#schema.safeParse(look());
        if (found.success) return found.data;
      } catch {
        // Malformed or unreadable: the copy may still be whole, and without either the program starts anew.
      }
    }
    return undefined;
  }

  /** Durable when it returns. @throws the file system's error */
  write(value: T): void {
    const db = new LowSync<unknown>(this.#file, null);
    db.data = value;
    db.write();
  }

  /** Removes it, and the copy from before. */
  forget(): void {
    for (const path of [this.#file.path, this.#file.backup]) rmSync(path, { force: true });
  }
}
