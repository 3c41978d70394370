import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeServerKeys } from '../hub/server-keys.ts';
import { readStations, registerStation, revokeStation } from '../hub/stations-folder.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, type CommandInput, JSON_OPTION, type Option, usage } from './command.ts';

export const DIR_OPTION: Option = {
  type: 'string',
  value: 'DIR',
  help: "Folder of the server's keys and its register of stations (default: THUENGBAN_HUB, else ./hub)",
};

export function hubDirOf(input: CommandInput): string {
  return resolve(input.text('dir') ?? process.env['THUENGBAN_HUB'] ?? 'hub');
}

export const DATABASE_OPTION: Option = {
  type: 'string',
  value: 'URL|DIR',
  help: 'postgresql://… or the folder of an embedded database (default: THUENGBAN_HUB_DB, else ./hub-data)',
};
export function databaseOf(input: CommandInput): string {
  return input.text('db') ?? process.env['THUENGBAN_HUB_DB'] ?? 'hub-data';
}

/** Where the programme's key is: beside the server's keys unless somebody says better. */
export function vaultDirOf(input: CommandInput): string {
  return resolve(input.text('vault-dir') ?? `${hubDirOf(input)}-vault`);
}

export const VAULT_DIR_OPTION: Option = {
  type: 'string',
  value: 'DIR',
  help: "Folder of the programme's key; the ingest must not be able to read it (default: that of --dir with -vault behind)",
};

export const hubKeysCommand: Command = {
  name: 'hub keys',
  usage: 'hub keys [--dir DIR] [--vault-dir DIR] [--json]',
  options: { dir: DIR_OPTION, 'vault-dir': VAULT_DIR_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const [dir, vaultDir] = [hubDirOf(input), vaultDirOf(input)];
    const { trust, path } = makeServerKeys(dir, vaultDir);
    if (input.isJson) output.data(JSON.stringify({ trust: path, vault: vaultDir, ...trust }));
    else {
      output.data(path);
      output.note(`Stations take it with: thuengban identity trust ${path}`);
      output.note(`ให้สถานีเชื่อถือเซิร์ฟเวอร์นี้ด้วยไฟล์นี้ · กุญแจเปิดข้อมูลส่วนบุคคลอยู่ที่ ${vaultDir}`);
      output.note(`The key that opens personal data is in ${vaultDir}: keep it from the machine that runs the ingest.`);
    }
    return 0;
  },
};

export const hubRegisterCommand: Command = {
  name: 'hub register',
  usage: 'hub register FILE… [--dir DIR] [--json]',
  options: { dir: DIR_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    if (input.positionals.length === 0) throw usage(this, 'which documents of thuengban identity show --json?');
    const dir = hubDirOf(input);
    const all = input.positionals.map((path) => registerStation(dir, read(path)));
    if (input.isJson) output.data(JSON.stringify(all));
    else
      for (const { registered, isNew } of all)
        output.data(
          `${registered.station}\t${registered.keys.length}\t${isNew ? 'registered · ลงทะเบียนแล้ว' : 'known · มีอยู่แล้ว'}`,
        );
    return 0;
  },
};

export const hubRevokeCommand: Command = {
  name: 'hub revoke',
  usage: 'hub revoke STATION [--key KID] [--from TIME] [--dir DIR] [--json]',
  options: {
    key: { type: 'string', value: 'KID', help: 'Only this key (default: all of the station)' },
    from: {
      type: 'string',
      value: 'TIME',
      help: 'Refused from this time on, e.g. 2026-11-22T02:00:00.000Z (default: now)',
    },
    dir: DIR_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [station, ...rest] = input.positionals;
    if (station === undefined || rest.length > 0) throw usage(this, 'which station?');
    const from = new Date(input.text('from') ?? Date.now());
    if (Number.isNaN(from.getTime())) throw usage(this, `--from: not a time: ${input.text('from')}`);
    const registered = revokeStation(hubDirOf(input), station, input.text('key'), from.toISOString());
    if (input.isJson) output.data(JSON.stringify(registered));
    else
      for (const { kid, refusedFrom } of registered.keys)
        output.data(`${station}\t${kid}\t${refusedFrom ?? 'in use · ใช้อยู่'}`);
    return 0;
  },
};

export const hubStationsCommand: Command = {
  name: 'hub stations',
  usage: 'hub stations [--dir DIR] [--json]',
  options: { dir: DIR_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const stations = readStations(hubDirOf(input));
    if (input.isJson) output.data(JSON.stringify(stations));
    else
      for (const { station, keys } of stations)
        for (const { kid, refusedFrom } of keys) output.data(`${station}\t${kid}\t${refusedFrom ?? 'in use · ใช้อยู่'}`);
    return 0;
  },
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StationFault('HUB_REGISTER', path, 'it cannot be read', { cause });
  }
}
