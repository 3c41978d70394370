import { availableParallelism } from 'node:os';
import { type CalibrationReport, calibrateModels } from '../station/calibrate-models.ts';
import { modelsDirAt, modelsDirOf } from '../station/models-tools.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, type CommandInput, JSON_OPTION, usage } from './command.ts';

export const modelsCalibrateCommand: Command = {
  name: 'models calibrate',
  usage: 'models calibrate --data FOLDER|PAIRS.csv (--out FOLDER | --write | --dry-run) [OPTIONS]',
  options: {
    data: {
      type: 'string',
      value: 'FOLDER|FILE',
      help: 'A folder for each person with card*.jpg and others as probes, or "reference,probe" pairs',
    },
    out: { type: 'string', value: 'FOLDER', help: 'New models folder: a copy with the new thresholds' },
    write: { type: 'boolean', help: 'Change the manifest in place; the old one stays as manifest.json.bak' },
    'dry-run': { type: 'boolean', help: 'Measure and tell; write nothing' },
    models: { type: 'string', value: 'FOLDER', help: 'Models to calibrate (default: those in use)' },
    groups: { type: 'string', value: 'FILE', help: '"person,group" lines (default: groups.csv beside the pictures)' },
    fmr: { type: 'string', value: 'RATE', help: 'False match rate at match, in the worst group (default: 0.001)' },
    chip: { type: 'string', value: 'reference', help: 'Reduce references to what a chip holds (5,100 bytes)' },
    name: { type: 'string', value: 'WORDS', help: 'The data in words, for the manifest; no names of people' },
    workers: { type: 'string', value: 'N', help: 'Processes (default: one per core)' },
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const data = input.text('data');
    if (data === undefined) throw usage(modelsCalibrateCommand, 'give --data');
    const chip = input.text('chip');
    if (chip !== undefined && chip !== 'reference') throw usage(modelsCalibrateCommand, '--chip: expected "reference"');
    const models = input.text('models');
    let toldAt = performance.now();
    const result = await calibrateModels(
      {
        modelsDir: models === undefined ? modelsDirOf(dataDirOf(undefined)) : modelsDirAt(models),
        data,
        groups: input.text('groups'),
        out: targetOf(input),
        fmr: rateOf(input),
        isChip: chip === 'reference',
        workers: input.whole('workers', availableParallelism(), 1, 64),
        name: input.text('name'),
        date: new Date().toISOString().slice(0, 10),
        onProgress: (done, total) => {
          if (done < total && performance.now() - toldAt < 2_000) return;
          toldAt = performance.now();
          output.note(`${done} of ${total} pictures`);
        },
      },
      input.signal,
    );
    if (input.isJson) output.data(JSON.stringify(result));
    else for (const line of words(result)) output.data(line);
    return 0;
  },
};

/** `null`: nothing is written; `undefined`: in place. */
function targetOf(input: CommandInput): string | undefined | null {
  const out = input.text('out');
  const chosen = [out !== undefined, input.flag('write'), input.flag('dry-run')].filter(Boolean);
  if (chosen.length !== 1) throw usage(modelsCalibrateCommand, 'give one of --out, --write and --dry-run');
  return input.flag('dry-run') ? null : out;
}

function rateOf(input: CommandInput): number {
  const text = input.text('fmr') ?? '0.001';
  const rate = Number(text);
  if (!(rate >= 1e-6 && rate <= 1e-2))
    throw usage(modelsCalibrateCommand, `--fmr: expected a rate from 0.000001 to 0.01, found "${text}"`);
  return rate;
}

const percent = (share: number) => `${(100 * share).toPrecision(3)} %`;

function words({
  thresholds,
  calibration,
  pictures,
  notAcquired,
  unreadable,
  attacks,
}: CalibrationReport): readonly string[] {
  const { fnmrAtMatch, fnmrAtReview } = calibration;
  const range = ({ low, high }: { low: number; high: number }) => `${percent(low)} to ${percent(high)}`;
  return [
    `match ≥ ${thresholds.match} (95 % interval ${thresholds.interval?.join('–')}), review ≥ ${thresholds.review}`,
    `FMR ${thresholds.fmrAtMatch} at match, set by: ${calibration.worstGroup}`,
    `FNMR at match ${percent(fnmrAtMatch.value)} (${range(fnmrAtMatch)}), at review ${percent(fnmrAtReview.value)} (${range(fnmrAtReview)})`,
    `${calibration.people} people, ${calibration.genuine} genuine and ${calibration.impostors} impostor comparisons of ${pictures} pictures`,
    `failures to acquire: ${notAcquired} of ${pictures} pictures${unreadable > 0 ? `, ${unreadable} of them unreadable` : ''}`,
    `attack detection refused ${attacks.refused} of ${attacks.of} probes (all of them bona fide, if these are live pictures)`,
    ...(calibration.groups.length > 1
      ? []
      : [
          'No groups given: the group that is falsely matched most is not known. · ไม่ได้ระบุกลุ่ม จึงไม่ทราบว่ากลุ่มใดถูกเทียบผิดมากที่สุด',
        ]),
    ...calibration.groups.map(({ name, people, impostors, threshold, fmrAtMatch }) => {
      const judged = threshold === null ? 'too few comparisons to set a threshold' : `threshold ${threshold}`;
      return `  ${name}: ${people} people, ${impostors} impostor comparisons, ${judged}, FMR there ${percent(fmrAtMatch)}`;
    }),
  ];
}
