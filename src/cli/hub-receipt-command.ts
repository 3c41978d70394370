import { signReceipt } from '../contract/envelope/server-word.ts';
import { seqNumber, stationId } from '../contract/ids.ts';
import { openDatabase } from '../hub/open-database.ts';
import { DatabaseAway } from '../hub/port.ts';
import { receiptsFor } from '../hub/receipts.ts';
import { acknowledgingSigner } from '../hub/server-keys.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, JSON_OPTION, usage } from './command.ts';
import { DATABASE_OPTION, DIR_OPTION, databaseOf, hubDirOf } from './hub-commands.ts';

export const hubReceiptCommand: Command = {
  name: 'hub receipt',
  usage: 'hub receipt STATION EPOCH SEQ [--db URL|DIR] [--dir DIR] [--json]',
  options: { db: DATABASE_OPTION, dir: DIR_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [named, epoch, text = '', ...rest] = input.positionals;
    const [station, seq] = [stationId.safeParse(named), seqNumber.safeParse(/^\d+$/.test(text) ? Number(text) : null)];
    if (!station.success || epoch === undefined || !seq.success || rest.length > 0)
      throw usage(this, 'which event? Expected the name of a station, its epoch and a number');
    const signer = acknowledgingSigner(hubDirOf(input));
    await using database = await openDatabase(databaseOf(input));
    try {
      const place = { station: station.data, epoch, seq: seq.data, hash: null };
      const [receipt] = await receiptsFor(database, [place]);
      const signed = receipt ? Buffer.from(signReceipt(receipt, signer)).toString() : null;
      if (input.isJson) output.data(JSON.stringify({ ...place, hash: receipt?.hash ?? null, receipt: signed }));
      else if (signed !== null) output.data(signed);
      else output.note('Not held: no receipt. · ไม่มีข้อมูลนี้ที่เซิร์ฟเวอร์ จึงออกใบรับไม่ได้');
      return receipt ? 0 : 1;
    } catch (cause) {
      if (!(cause instanceof DatabaseAway)) throw cause;
      throw new StationFault('HUB_DATABASE_AWAY', database.name, cause.message, { cause });
    }
  },
};
