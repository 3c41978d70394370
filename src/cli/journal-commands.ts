import { listJournal, verifyJournal } from '../station/journal-tools.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';

export const journalVerifyCommand: Command = {
  name: 'journal verify',
  usage: 'journal verify [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const report = await verifyJournal(dataDirOf(input.text('data')));
    if (input.isJson) output.data(JSON.stringify(report));
    else if (report.whole) output.data(`whole: ${report.events} events, head ${report.head ?? 'none'}`);
    else
      output.data(`BROKEN at seq ${report.firstBadSeq}: ${report.reason}; ${report.events} events before it are whole`);
    return report.whole ? 0 : 1;
  },
};

export const journalListCommand: Command = {
  name: 'journal list',
  usage: 'journal list [--after SEQ] [--limit N] [--data DIR] [--json]',
  options: {
    after: { type: 'string', value: 'SEQ', help: 'Only events after this one (default: 0)' },
    limit: { type: 'string', value: 'N', help: 'At most this many (default: 100)' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const after = input.whole('after', 0, 0, Number.MAX_SAFE_INTEGER);
    const limit = input.whole('limit', 100, 1, 1_000_000);
    const events = await listJournal(dataDirOf(input.text('data')), after, limit);
    if (input.isJson) {
      output.data(JSON.stringify(events));
      return 0;
    }
    for (const { seq, time, type, delivery, id } of events) output.data(`${seq}\t${time}\t${delivery}\t${type}\t${id}`);
    if (events.length === limit) output.note(`There may be more: --after ${events.at(-1)?.seq}`);
    return 0;
  },
};
