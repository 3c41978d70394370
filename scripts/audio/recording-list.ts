import { readFile, writeFile } from 'node:fs/promises';
import { CLIP_LINES } from './clip-list.ts';

const START = '<!-- clips: written by `npm run audio -- --list` -->';
const END = '<!-- end of clips -->';

/** The table of what to record, as it stands in `hardware/audio/README.md`. */
export function recordingList(): string {
  const rows = CLIP_LINES.map(({ id, th, en }) => `| \`${id}\` | ${th} | ${en} | ${hintFor(id)} |`);
  return [
    START,
    '',
    '| id | ภาษาไทย | English | for the speaker |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    END,
  ].join('\n');
}

/** How a clip is to sound, by where it is heard. */
function hintFor(id: string): string {
  const room = id.split('.')[0] ?? '';
  const hints: Readonly<Record<string, string>> = {
    hint: 'one request, as to one’s own grandmother',
    bedside: 'to an officer beside a bed: low and short',
    card: 'as to somebody who is afraid: slower still',
    reading: 'even; both answers in the same tone',
    staff: 'reassuring, no hurry',
    tool: 'name of a button: plain',
    display: 'name of a button: plain',
    explain: 'as one tells a neighbour',
    next: 'clear, a little slower on the place',
  };
  return hints[room] ?? 'slow, warm';
}

/** @returns the README with today's table in it */
export function withRecordingList(readme: string): string {
  const [before = '', rest = ''] = readme.split(START);
  return `${before}${recordingList()}${rest.split(END)[1] ?? '\n'}`;
}

export async function writeRecordingList(path: string): Promise<void> {
  await writeFile(path, withRecordingList(await readFile(path, 'utf8')));
}
