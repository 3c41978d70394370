import { writeFileSync } from 'node:fs';
import { signServerWord } from '../contract/envelope/server-word.ts';
import { controllingSigner } from '../hub/server-keys.ts';
import { readStations } from '../hub/stations-folder.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, JSON_OPTION, usage } from './command.ts';
import { DIR_OPTION, hubDirOf } from './hub-commands.ts';

export const hubReceiptTrustCommand: Command = {
  name: 'hub receipt-trust',
  usage: 'hub receipt-trust --out FILE [--dir DIR] [--json]',
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'Where the signed list goes, e.g. receipt-trust.jws beside the page that checks receipts',
    },
    dir: DIR_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const [dir, out] = [hubDirOf(input), input.text('out')];
    if (out === undefined) throw usage(this, 'where to? --out FILE');
    const issuers = readStations(dir).flatMap(({ station, keys }) =>
      keys.map(({ kid, kty, crv, x, refusedFrom }) => ({ station, kid, jwk: { kty, crv, x }, refusedFrom })),
    );
    const at = new Date().toISOString();
    const signer = controllingSigner(dir);
    try {
      writeFileSync(out, `${Buffer.from(signServerWord('issuers', { issuers, at }, signer)).toString()}\n`);
    } catch (cause) {
      throw new StationFault('STICK_FAILED', out, 'the list cannot be written', { cause });
    }
    if (input.isJson) output.data(JSON.stringify({ file: out, issuers: issuers.length, at, kid: signer.kid }));
    else {
      output.data(out);
      output.note(`${issuers.length} keys of stations, signed by ${signer.kid}. · กุญแจของสถานี ${issuers.length} ดอก`);
      output.note('Lay it beside the page that checks receipts. · วางไว้ข้างหน้าเว็บตรวจใบรับ');
    }
    return 0;
  },
};
