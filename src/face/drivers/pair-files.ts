import { createReadStream } from 'node:fs';
import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { StationFault } from '../../shared/fault.ts';
import type { PairFiles } from '../score-pairs.ts';

/** Rows are written in blocks of about this many characters. */
const BLOCK = 65_536;

/**
 * Pairs, pictures and scores as files; relative paths count from the current directory.
 * @throws StationFault `USAGE` when the pairs file cannot be read
 */
export async function openPairFiles(pairsPath: string, outPath: string): Promise<PairFiles> {
  try {
    await access(pairsPath);
  } catch (cause) {
    throw new StationFault('USAGE', pairsPath, `${pairsPath}: the pairs file cannot be read`, { cause });
  }
  return {
    pairsName: pairsPath,
    lines: () => createInterface({ input: createReadStream(pairsPath, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }),
    picture: (path) => readFile(path).catch(() => undefined),
    write: (lines) => writeWhole(outPath, lines),
  };
}

/** Writes beside the target and renames, so that half a file is never taken for a result. */
async function writeWhole(path: string, lines: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w');
    try {
      let block = '';
      for await (const line of lines) {
        block += `${line}\n`;
        if (block.length >= BLOCK) {
          await file.appendFile(block);
          block = '';
        }
      }
      await file.appendFile(block);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    if (cause instanceof StationFault || (cause as Partial<NodeJS.ErrnoException>).code === undefined) throw cause;
    throw new StationFault('USAGE', path, `${path}: the scores cannot be written there`, { cause });
  }
}
