import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FsyncFile } from '../config/fsync-file.ts';
import type { LinkMemory } from '../publish/port.ts';
import { NOTHING_REMEMBERED, type Remembered, rememberedSchema } from '../publish/remembered.ts';
import { StationFault } from '../shared/fault.ts';

/**
 * The link's memory in `<data>/link.json`, signed statements beside it in `<data>/link/`.
 * @throws StationFault `LINK_MEMORY_BROKEN` when file and copy are there and neither can be read
 */
export function openLinkMemory(dataDir: string): LinkMemory {
  const file = new FsyncFile(join(dataDir, 'link.json'));
  let remembered = readMemory(file);
  return {
    read: () => remembered,
    write: (next) => {
      file.write(next);
      remembered = next;
    },
    keepStatement: (kind, signed) => {
      const folder = join(dataDir, 'link');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      new FsyncFile(join(folder, `${kind}.json`)).write({ signed: Buffer.from(signed).toString() });
    },
  };
}

/** Remembers that every number was used: without its memory a station obeys nobody, and sends its results all the same. */
export function deafMemory(): LinkMemory {
  const hash = '0'.repeat(64);
  const rev = Number.MAX_SAFE_INTEGER;
  const at = new Date(0).toISOString();
  const deaf: Remembered = {
    ...NOTHING_REMEMBERED,
    lastCmdSeq: rev,
    config: { rev, hash },
    configRefused: { rev: null, code: 'LINK_MEMORY_BROKEN' },
    orders: { rev, sha256: hash, size: 1, at },
    revoke: { rev, hash, at },
  };
  return { read: () => deaf, write: () => undefined, keepStatement: () => undefined };
}

function readMemory(file: FsyncFile): Remembered {
  let failure: unknown;
  for (const look of [() => file.read(), () => file.readBackup()]) {
    try {
      const found = look();
      if (found !== null) return rememberedSchema.parse(found);
    } catch (error) {
      failure = error;
    }
  }
  if (failure === undefined) return NOTHING_REMEMBERED;
  throw new StationFault('LINK_MEMORY_BROKEN', file.path, `${file.path} cannot be read`, { cause: failure });
}
