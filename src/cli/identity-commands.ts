import { loadSettings } from '../config/load-settings.ts';
import { openStationKeys, stationKey, trustPath } from '../identity/station-keys.ts';
import { readTrust, writeTrust } from '../identity/trust-file.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION, JSON_OPTION, usage } from './command.ts';

export const identityShowCommand: Command = {
  name: 'identity show',
  usage: 'identity show [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const dir = dataDirOf(input.text('data'));
    const station = loadSettings(dir).settings.station.id;
    const keys = openStationKeys({ dir, station, isDemo: false });
    output.data(JSON.stringify(stationKey(keys, station), null, input.isJson ? 0 : 2));
    if (input.isJson) return 0;
    output.note('Public: hand it to the server (thuengban hub register). · ส่งให้เซิร์ฟเวอร์ได้ ไม่ใช่ความลับ');
    if (keys.trustFault) output.note(`${keys.trustFault.code}: ${keys.trustFault.part}: ${keys.trustFault.message}`);
    else output.note(`Seals to ${keys.trust?.sealing.kid}. · เข้ารหัสถึงกุญแจนี้`);
    return 0;
  },
};

export const identityTrustCommand: Command = {
  name: 'identity trust',
  usage: 'identity trust FILE [--data DIR]',
  options: { data: DATA_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [file, ...rest] = input.positionals;
    if (file === undefined || rest.length > 0) throw usage(identityTrustCommand, 'expected one trust file');
    const trust = readTrust(file);
    if (!trust) throw usage(identityTrustCommand, `${file}: not there`);
    const dir = dataDirOf(input.text('data'));
    openStationKeys({ dir, station: loadSettings(dir).settings.station.id, isDemo: false });
    writeTrust(trustPath(dir), trust);
    for (const { kid, kinds } of trust.server) output.data(`${kid}\t${kinds.join(' ')}`);
    output.data(`${trust.sealing.kid}\tpersonal data is sealed to it`);
    output.note('Compare these names with those on the server, then restart the station.');
    output.note('เทียบชื่อกุญแจกับที่เซิร์ฟเวอร์แสดง แล้วเปิดสถานีใหม่');
    return 0;
  },
};
