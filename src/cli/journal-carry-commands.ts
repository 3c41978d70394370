import { exportJournal, importAnswer, recoverJournals } from '../station/journal-carry.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, type CommandInput, DATA_OPTION, JSON_OPTION, usage } from './command.ts';

export const journalExportCommand: Command = {
  name: 'journal export',
  usage: 'journal export DIR [--all] [--data DIR] [--json]',
  options: {
    all: { type: 'boolean', help: 'Also what the server has already, as far as it is still kept' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const options = { dir: onlyPath(journalExportCommand, input), isAll: input.flag('all') };
    const report = await exportJournal(dataDirOf(input.text('data')), options, input.signal);
    if (input.isJson) output.data(JSON.stringify(report));
    else
      output.data(
        `${report.events} events (${report.resumed} of them were there), ${report.bytes} bytes: ${report.folder}`,
      );
    output.note('Take the folder to the server; bring its answer back with thuengban journal import-ack.');
    output.note('นำโฟลเดอร์นี้ไปที่เซิร์ฟเวอร์ แล้วนำคำตอบกลับมาด้วย thuengban journal import-ack');
    return 0;
  },
};

export const journalImportAckCommand: Command = {
  name: 'journal import-ack',
  usage: 'journal import-ack FILE|FOLDER [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const path = onlyPath(journalImportAckCommand, input);
    const taken = await importAnswer(dataDirOf(input.text('data')), path);
    if (input.isJson) output.data(JSON.stringify(taken));
    else
      for (const one of taken)
        if (one.kind === 'refused') output.data(`REFUSED: ${one.code}: ${one.detail}`);
        else output.data(one.kind === 'settled' ? `settled up to ${one.upto}` : `receipt for ${one.seq}`);
    return taken.length > 0 && taken.every(({ kind }) => kind !== 'refused') ? 0 : 1;
  },
};

export const journalRecoverCommand: Command = {
  name: 'journal recover',
  usage: 'journal recover DIR [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const dir = onlyPath(journalRecoverCommand, input);
    const recovered = await recoverJournals(dataDirOf(input.text('data')), dir, input.signal);
    if (input.isJson) output.data(JSON.stringify(recovered));
    else
      for (const { aside, events, unreadable, folder } of recovered)
        output.data(`${aside}: ${events} events read, ${unreadable} not readable${folder ? `: ${folder}` : ''}`);
    if (recovered.length === 0) output.note('No journal was set aside. · ไม่มีสมุดบันทึกที่ถูกเก็บแยกไว้');
    return 0;
  },
};

function onlyPath(command: Command, input: CommandInput): string {
  const [path, ...rest] = input.positionals;
  if (path === undefined || rest.length > 0) throw usage(command, 'expected one path');
  return path;
}
