import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AudioManifest, Clip } from '../../src/ui/audio/manifest.ts';
import type { ClipLine } from './clip-list.ts';

const LANGUAGES = ['th', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
/** Voice and pace of the stand-in: slow, for it is to be understood, not admired. Words a minute. */
const STAND_IN = { voice: { th: 'th', en: 'en-gb' }, wordsPerMinute: 135 } as const;
const SPEECH_LIMIT_MS = 20_000;
const SIDE_BY_SIDE = 4;

export interface MadeAudio {
  readonly manifest: AudioManifest;
  /** Clips that there should be. */
  readonly asked: number;
  /** `th/idle.main`, …: stand-in or missing. */
  readonly notRecorded: readonly string[];
  /** False when espeak-ng is not installed. */
  readonly canStandIn: boolean;
}

interface MakeAudioOptions {
  readonly lines: readonly ClipLine[];
  readonly outDir: string;
  /** Holds `th/` and `en/` with recorded clips. */
  readonly recordingsDir: string;
}

/** Gathers recorded clips, makes stand-ins for the rest when it can, and writes the manifest. */
export async function makeAudio({ lines, outDir, recordingsDir }: MakeAudioOptions): Promise<MadeAudio> {
  await rm(outDir, { recursive: true, force: true });
  const canStandIn = await hasSpeech();
  const clips: Record<Language, Record<string, Clip>> = { th: {}, en: {} };
  for (const language of LANGUAGES) {
    await mkdir(join(outDir, language), { recursive: true });
    const recorded = await recordings(join(recordingsDir, language));
    const queue = [...lines];
    const next = async (): Promise<void> => {
      for (let line = queue.shift(); line; line = queue.shift()) {
        const clip = await makeClip(line.id, line[language], language);
        if (clip) clips[language][line.id] = clip;
      }
    };
    const makeClip = async (id: string, words: string, of: Language): Promise<Clip | undefined> => {
      const found = recorded.get(id);
      const file = `${of}/${found ?? `${id}.wav`}`;
      if (found) await copyFile(join(recordingsDir, file), join(outDir, file));
      else if (canStandIn) await speak(words, of, join(outDir, file));
      else return undefined;
      return { file, kind: found ? 'recorded' : 'stand-in' };
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
    for (const id of recorded.keys()) {
      // Clips of a programme's own pages are named by the programme, not by our list.
      if (!clips[language][id]) {
        const clip = await makeClip(id, '', language);
        if (clip) clips[language][id] = clip;
      }
    }
  }
  const missing = (language: Language) => lines.filter(({ id }) => !clips[language][id]).map(({ id }) => id);
  const manifest: AudioManifest = { clips, missing: { th: missing('th'), en: missing('en') } };
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest)}\n`);
  const notRecorded = LANGUAGES.flatMap((language) =>
    lines.filter(({ id }) => clips[language][id]?.kind !== 'recorded').map(({ id }) => `${language}/${id}`),
  );
  return { manifest, asked: LANGUAGES.length * lines.length, notRecorded, canStandIn };
}

/** What a build says about its clips. */
export function missingLines({ manifest, asked, notRecorded, canStandIn }: MadeAudio): readonly string[] {
  const summary = `audio: ${asked - notRecorded.length} of ${asked} clips recorded, ${
    canStandIn ? 'the others stand-ins by espeak-ng (demo only)' : 'the others missing (espeak-ng is not installed)'
  }`;
  if (notRecorded.length === 0) return [summary];
  const why = manifest.missing.th.length > 0 ? 'missing' : 'to record';
  return [summary, `${why}: ${notRecorded.join(' ')}`];
}

/** Recorded clips by id. */
async function recordings(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await readdir(folder).catch(() => []);
  const clips = files.map((file) => /^(.+)\.(?:ogg|opus|wav)$/.exec(file)).filter((found) => found !== null);
  return new Map(clips.map(([file, id]) => [id ?? '', file]));
}

/** Whether the speech program is there; it is only ever run as a program. */
async function hasSpeech(): Promise<boolean> {
  try {
    await promisify(execFile)('espeak-ng', ['--version'], { timeout: SPEECH_LIMIT_MS });
    return true;
  } catch {
    return false;
  }
}

async function speak(words: string, language: Language, path: string): Promise<void> {
  const args = ['-v', STAND_IN.voice[language], '-s', String(STAND_IN.wordsPerMinute), '-w', path, '--', words];
  await promisify(execFile)('espeak-ng', args, { timeout: SPEECH_LIMIT_MS });
}
