import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CLIP_LINES } from './clip-list.ts';
import { makeAudio, missingLines } from './make-audio.ts';
import { withRecordingList } from './recording-list.ts';

const README = resolve(import.meta.dirname, '../../hardware/audio/README.md');

/** The formatter pads the table's columns. */
const withoutPadding = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

test('the list of clips to record is today’s list: npm run audio -- --list writes it anew', async () => {
  const readme = await readFile(README, 'utf8');
  expect(withoutPadding(withRecordingList(readme))).toBe(withoutPadding(readme));
  expect(CLIP_LINES.length).toBeGreaterThan(80);
});

test('a recorded clip is taken as it is, the rest is told by id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thuengban-audio-'));
  try {
    const recordingsDir = join(folder, 'recorded');
    await mkdir(join(recordingsDir, 'th'), { recursive: true });
    await writeFile(join(recordingsDir, 'th', 'idle.main.opus'), 'sound');
    await writeFile(join(recordingsDir, 'th', 'our-own-page.ogg'), 'sound');
    const lines = CLIP_LINES.filter(({ id }) => id.startsWith('idle.'));
    const made = await makeAudio({ lines, outDir: join(folder, 'out'), recordingsDir });
    expect(made.manifest.clips.th['idle.main']).toEqual({ file: 'th/idle.main.opus', kind: 'recorded' });
    expect(made.manifest.clips.th['our-own-page']).toEqual({ file: 'th/our-own-page.ogg', kind: 'recorded' });
    expect(await readFile(join(folder, 'out/th/idle.main.opus'), 'utf8')).toBe('sound');
    expect(made.notRecorded).toContain('en/idle.main');
    expect(made.notRecorded).not.toContain('th/idle.main');
    expect(made.manifest.missing.en.includes('idle.main')).toBe(!made.canStandIn);
    expect(missingLines(made).join('\n')).toContain('en/idle.main');
  } finally {
    await rm(folder, { recursive: true });
  }
});
