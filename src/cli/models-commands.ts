import { FAULTS } from '../shared/faults.ts';
import {
  type CheckedModel,
  checkModels,
  listModels,
  type ModelsList,
  modelsDirAt,
  modelsDirOf,
  useModels,
} from '../station/models-tools.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, type CommandInput, DATA_OPTION, JSON_OPTION, usage } from './command.ts';

export const modelsListCommand: Command = {
  name: 'models list',
  usage: 'models list [FOLDER] [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const list = await listModels(folderOf(input, modelsListCommand));
    output.data(input.isJson ? JSON.stringify(list) : words(list).join('\n'));
    return 0;
  },
};

export const modelsCheckCommand: Command = {
  name: 'models check',
  usage: 'models check [FOLDER] [--self-test-values] [--data DIR] [--json]',
  options: {
    'self-test-values': { type: 'boolean', help: 'Print what "selfTest" of each model in the manifest should be' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const folder = folderOf(input, modelsCheckCommand);
    const checked = await checkModels(folder, input.signal);
    const isWell = checked.every(({ fault }) => fault === undefined);
    if (input.isJson) output.data(JSON.stringify({ ok: isWell, modelsDir: folder, models: checked.map(plain) }));
    else
      for (const model of checked) for (const line of report(model, input.flag('self-test-values'))) output.data(line);
    return isWell ? 0 : 1;
  },
};

export const modelsUseCommand: Command = {
  name: 'models use',
  usage: 'models use FOLDER|--shipped [--dry-run] [--data DIR] [--json]',
  options: {
    shipped: { type: 'boolean', help: 'Back to the models that the program came with' },
    'dry-run': { type: 'boolean', help: 'Check and tell what would change; change nothing' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [folder, ...others] = input.positionals;
    const isShipped = input.flag('shipped');
    if (others.length > 0 || isShipped === (folder !== undefined))
      throw usage(modelsUseCommand, 'give one folder, or --shipped');
    const dataDir = dataDirOf(input.text('data'));
    const change = await useModels(
      dataDir,
      folder === undefined ? null : modelsDirAt(folder),
      input.flag('dry-run'),
      input.signal,
    );
    const { before, after, settingsBefore, settingsAfter, isWritten } = change;
    if (input.isJson) {
      output.data(JSON.stringify(change));
      return 0;
    }
    output.data(`face.modelsDir: ${settingsBefore ?? 'shipped'} → ${settingsAfter ?? 'shipped'}`);
    const lines = (list: ModelsList | undefined) =>
      list ? words(list).slice(1) : ['(the models before cannot be read)'];
    const [old, fresh] = [lines(before), lines(after)];
    for (const line of old) if (!fresh.includes(line)) output.data(`- ${line}`);
    for (const line of fresh) if (!old.includes(line)) output.data(`+ ${line}`);
    if (isWritten) output.note('Written. It counts when the station starts again. · บันทึกแล้ว มีผลเมื่อเปิดสถานีครั้งต่อไป');
    else if (settingsBefore === settingsAfter) output.note('Nothing changes: these models are in use. · ใช้โมเดลนี้อยู่แล้ว');
    else output.note('Dry run: nothing was changed. · ทดลองเท่านั้น ไม่มีการเปลี่ยนแปลง');
    return 0;
  },
};

function folderOf(input: CommandInput, command: Command): string {
  const [folder, ...others] = input.positionals;
  if (others.length > 0) throw usage(command, `unexpected: ${others.join(' ')}`);
  return folder === undefined ? modelsDirOf(dataDirOf(input.text('data'))) : modelsDirAt(folder);
}

function words({ modelsDir, isShipped, models, comparison }: ModelsList): readonly string[] {
  const { match, review, interval, fmrAtMatch, calibratedOn, calibration } = comparison.thresholds;
  const known = interval ? ` (95 % interval ${interval.join('–')})` : '';
  const measured = calibration
    ? [
        `  ${calibration.date}: ${calibration.people} people, ${calibration.impostors} impostor comparisons, worst group ${calibration.worstGroup}, FNMR ${calibration.fnmrAtMatch}`,
      ]
    : [];
  return [
    `${modelsDir}${isShipped ? ' (shipped)' : ''}`,
    ...models.flatMap(({ role, id, sha256, licence, weight, thresholds }) => [
      `${role.padEnd(16)} ${id}  sha256 ${sha256}${weight === undefined ? '' : `  weight ${weight}`}`,
      `  licence ${licence.declared}; training data ${licence.trainingData}; ${licence.use}`,
      ...(thresholds
        ? [
            `  bona fide ≥ ${thresholds.bonaFide}; BPCER ${thresholds.bpcer}, APCER ${thresholds.apcer} on ${thresholds.calibratedOn}`,
          ]
        : []),
    ]),
    `comparison       match ≥ ${match}${known}, review ≥ ${review}; FMR ${fmrAtMatch} at match`,
    `  calibrated on ${calibratedOn}`,
    ...measured,
  ];
}

function plain({ fault, ...model }: CheckedModel) {
  return { ...model, fault: fault ? { code: fault.code, message: fault.message, ...FAULTS[fault.code] } : null };
}

function report({ id, role, fault, selfTest, isTested, ms }: CheckedModel, withValues: boolean): readonly string[] {
  const head = `${fault ? 'FAULT' : 'well '} ${role.padEnd(16)} ${id}`;
  if (fault) {
    const { cause, mend } = FAULTS[fault.code];
    return [head, `  ${fault.code}: ${fault.message}`, `  ${cause.en}. ${mend.en}.`, `  ${cause.th} → ${mend.th}`];
  }
  const values = withValues ? [`  "selfTest": [${selfTest.join(', ')}]`] : [];
  const tested = isTested ? 'self-test passed' : 'no self-test in the manifest: --self-test-values prints one';
  return [`${head}: hash, shapes and load in ${ms} ms; ${tested}`, ...values];
}
