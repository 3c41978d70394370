import { readFileSync } from 'node:fs';
import { foldProgress } from '../hub/fold-progress.ts';
import { migrate } from '../hub/migrate.ts';
import { openDatabase } from '../hub/open-database.ts';
import { readOrder } from '../hub/orders-folder.ts';
import { DatabaseAway } from '../hub/port.ts';
import { readProgress } from '../hub/progress-records.ts';
import { writeOnce } from '../hub/write-file.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, JSON_OPTION, usage } from './command.ts';
import { DATABASE_OPTION, databaseOf } from './hub-commands.ts';

export const hubProgressCommand: Command = {
  name: 'hub progress',
  usage: 'hub progress ORDER.json [--out FILE] [--db URL|DIR] [--json]',
  options: {
    out: { type: 'string', value: 'FILE', help: 'Where the next revision goes (default: in the place of ORDER.json)' },
    db: DATABASE_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [file, ...rest] = input.positionals;
    if (file === undefined || rest.length > 0) throw usage(this, 'which work order? Expected one file of JSON');
    const order = readOrder(textOf(file), file);
    const now = new Date().toISOString();
    if (order.validUntil <= now) throw new StationFault('HUB_ORDERS', file, 'validUntil is past');
    await using database = await openDatabase(databaseOf(input));
    try {
      await migrate(database, 'vault');
      const folded = foldProgress(order, await readProgress(database, order.campaign), now);
      const out = input.text('out') ?? file;
      // What would be refused later is refused here, while the revision before is still the one in the file.
      const text = `${JSON.stringify(readOrder(JSON.stringify(folded.order), file), null, 2)}\n`;
      if (folded.isChanged || out !== file) writeOnce(out, text, 0o600);
      const { isChanged, counts } = folded;
      const said = { order: order.id, station: order.station, rev: folded.order.rev, isChanged, ...counts, out };
      if (input.isJson) output.data(JSON.stringify(said));
      else {
        output.data(`${out}\t${folded.order.rev}`);
        output.note(
          isChanged
            ? `people · คน ${counts.people}, news of · มีผลใหม่ ${counts.known}, captures · นับครั้งถ่ายใหม่ ${counts.attempts}, walk-ins · เพิ่มใหม่ ${counts.walkIns}`
            : 'Nothing new: the revision stays. · ไม่มีเรื่องใหม่ ใช้ฉบับเดิม',
        );
      }
      return 0;
    } catch (cause) {
      if (!(cause instanceof DatabaseAway)) throw cause;
      throw new StationFault('HUB_DATABASE_AWAY', database.name, cause.message, { cause });
    }
  },
};

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StationFault('HUB_ORDERS', path, 'it cannot be read', { cause });
  }
}
