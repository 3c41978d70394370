import { availableParallelism } from 'node:os';
import { compareFiles, scoreFile } from '../station/face-files.ts';
import { type Command, JSON_OPTION, usage } from './command.ts';

export const faceCompareCommand: Command = {
  name: 'face compare',
  usage: 'face compare --reference FILE --probe FILE [FILE…] [--json]',
  options: {
    reference: { type: 'string', value: 'FILE', help: 'The reference, e.g. a card photo' },
    probe: { type: 'string', value: 'FILE…', isMany: true, help: 'Live picture; several are fused to one' },
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const reference = input.text('reference');
    const probes = [...input.many('probe'), ...input.positionals];
    if (reference === undefined || probes.length === 0) throw usage(faceCompareCommand, 'give --reference and --probe');
    const result = await compareFiles(reference, probes, input.signal);
    output.data(JSON.stringify(result, null, input.isJson ? 0 : 2));
    return 0;
  },
};

export const faceScoreCommand: Command = {
  name: 'face score',
  usage: 'face score --pairs FILE.csv --out OUT.csv [--chip reference] [--workers N] [--json]',
  options: {
    pairs: { type: 'string', value: 'FILE', help: 'One "reference,probe" pair of paths a line' },
    out: { type: 'string', value: 'FILE', help: 'Where the scores go; it appears when all are done' },
    chip: { type: 'string', value: 'reference', help: 'Reduce the reference side to what a chip holds (5,100 bytes)' },
    workers: { type: 'string', value: 'N', help: 'Processes (default: one per core)' },
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const [pairs, out, chip] = [input.text('pairs'), input.text('out'), input.text('chip')];
    if (pairs === undefined || out === undefined) throw usage(faceScoreCommand, 'give --pairs and --out');
    if (chip !== undefined && chip !== 'reference') throw usage(faceScoreCommand, '--chip: expected "reference"');
    let toldAt = performance.now();
    const startedAt = performance.now();
    const summary = await scoreFile(
      {
        pairs,
        out,
        isChip: chip === 'reference',
        workers: input.whole('workers', availableParallelism(), 1, 64),
        onWarning: (message) => output.note(`warning: ${message}`),
        onProgress: (done, total) => {
          if (done < total && performance.now() - toldAt < 2_000) return;
          toldAt = performance.now();
          output.note(`${done} of ${total} pictures`);
        },
      },
      input.signal,
    );
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    if (input.isJson) output.data(JSON.stringify({ ...summary, seconds, out }));
    else
      output.note(
        `${summary.pairs} pairs of ${summary.pictures} pictures in ${seconds} s; ${summary.notAcquired} pairs without a score. Written: ${out}`,
      );
    return 0;
  },
};
