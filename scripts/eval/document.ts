import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const START = '<!-- figures: written by npm run eval:face, changes in here are lost -->';
const END = '<!-- end of figures -->';

const EMPTY = `# Accuracy of the face comparison

${START}
${END}

## Tried ideas

Written by hand; kept when the figures are written anew.
`;

/**
 * Puts the generated part between the marks of a document and leaves everything else as it was written by hand.
 * @param document `undefined` when there is none yet
 * @throws Error when the marks are gone
 */
export function insertFigures(document: string | undefined, figures: string): string {
  return insertBetween(document ?? EMPTY, START, END, figures);
}

/** @throws Error when the marks are gone */
export function insertBetween(text: string, startMark: string, endMark: string, figures: string): string {
  const [start, end] = [text.indexOf(startMark), text.indexOf(endMark)];
  if (start < 0 || end < start) throw new Error('the marks around the figures are gone from the document');
  return `${text.slice(0, start + startMark.length)}\n\n${figures}\n\n${text.slice(end)}`;
}

/** Writes `accuracy.md` and its plots into a folder. */
export async function writeDocument(
  folder: string,
  figures: string,
  plots: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const page = join(folder, 'accuracy.md');
  const document = insertFigures(await readFile(page, 'utf8').catch(() => undefined), figures);
  const files = [...plots].map(([name, content]) => ({ path: join(folder, 'accuracy', name), content }));
  for (const { path, content } of [...files, { path: page, content: document }]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.partial`, content);
    await rename(`${path}.partial`, path);
  }
  return [page, ...files.map(({ path }) => path)];
}
