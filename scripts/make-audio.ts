import { parseArgs } from 'node:util';
import { CLIP_LINES } from './audio/clip-list.ts';
import { makeAudio, missingLines } from './audio/make-audio.ts';
import { writeRecordingList } from './audio/recording-list.ts';

/**
 * Puts the clips of the citizen's screens into `dist/ui/audio`: recorded ones from `hardware/audio`, else a stand-in by
 * `espeak-ng` when that is installed. Prints what is missing, by id.
 *
 *     node scripts/make-audio.ts [--strict] [--list] [--out dist/ui/audio]
 *
 * `--strict` fails when a clip was not recorded; `--list` writes the table of `hardware/audio/README.md` anew.
 */
const { values } = parseArgs({
  options: {
    strict: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist/ui/audio' },
    recordings: { type: 'string', default: 'hardware/audio' },
  },
});
if (values.list) await writeRecordingList('hardware/audio/README.md');
const made = await makeAudio({ lines: CLIP_LINES, outDir: values.out, recordingsDir: values.recordings });
for (const line of missingLines(made)) process.stdout.write(`${line}\n`);
if (values.strict && made.notRecorded.length > 0) process.exitCode = 1;
