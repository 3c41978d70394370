import { readFileSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import { dataDirOf } from '../station/paths.ts';
import { readCardNumber } from '../station/read-card.ts';
import { addStaff, isRole, listStaff, ROLES, removeStaff } from '../station/staff-tools.ts';
import { type Command, type CommandInput, DATA_OPTION, JSON_OPTION, type Output, usage } from './command.ts';

export const staffAddCommand: Command = {
  name: 'staff add',
  usage:
    'staff add ID --name NAME --role ROLE [--organisation NAME] [--badge CODE] [--pin-file FILE|-] [--card READER | --card-number-file FILE|-] [--data DIR]',
  options: {
    name: { type: 'string', value: 'NAME', help: 'As staff are called on the screen, in Thai' },
    role: { type: 'string', value: 'ROLE', help: `One of ${ROLES.join(', ')}` },
    organisation: { type: 'string', value: 'NAME', help: 'Office that they come from' },
    badge: { type: 'string', value: 'CODE', help: 'What the scanner reads from their badge, e.g. TB1:B:KAMNAN07:WL' },
    card: {
      type: 'string',
      value: 'READER',
      help: "Read their own ID card now: part of the reader's name, a serial device's path, or any; with the station stopped",
    },
    'card-number-file': {
      type: 'string',
      value: 'FILE',
      help: 'Where their 13 digits stand instead; - = standard input. Only a pseudonym is kept',
    },
    'pin-file': { type: 'string', value: 'FILE', help: 'Where the PIN stands, 4 to 12 digits; - = standard input' },
    data: DATA_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [id, ...rest] = input.positionals;
    if (id === undefined || rest.length > 0) throw usage(staffAddCommand, 'expected one id');
    const [name, role] = [input.text('name'), input.text('role')];
    if (!name || !isRole(role))
      throw usage(staffAddCommand, `expected --name, and --role with one of ${ROLES.join(', ')}`);
    // Never as an argument: others on the machine could read it there.
    const [pinFile, numberFile, reader] = [input.text('pin-file'), input.text('card-number-file'), input.text('card')];
    if (pinFile === '-' && numberFile === '-') throw usage(staffAddCommand, 'only one of them can be standard input');
    if (numberFile !== undefined && reader !== undefined)
      throw usage(staffAddCommand, 'expected --card or --card-number-file, not both');
    const dir = dataDirOf(input.text('data'));
    const pin = secretIn(pinFile);
    const citizenNumber = reader === undefined ? secretIn(numberFile) : await numberOnCard(dir, reader, input, output);
    const badge = input.text('badge') ?? null;
    const organisation = input.text('organisation') ?? '';
    const why = await addStaff(dir, { id, name, role, organisation, pin, badge, citizenNumber });
    if (why) throw usage(staffAddCommand, why);
    output.note(`${id} may work here from the next start of the station. · เพิ่มแล้ว มีผลเมื่อเปิดสถานีใหม่`);
    return 0;
  },
};

/** What stands in a file, or on standard input (`-`). */
function secretIn(path: string | undefined): string | null {
  if (path === undefined) return null;
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8').trim();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw usage(staffAddCommand, `${path} cannot be read (${code})`);
  }
}

const CARD_WAIT_MS = 30_000;

function numberOnCard(dir: string, named: string, { signal }: CommandInput, output: Output): Promise<string> {
  output.note('Put their card in. · กรุณาเสียบบัตรของเจ้าหน้าที่');
  const { card } = loadSettings(dir).settings;
  return readCardNumber({ card, reader: named === 'any' ? null : named, timeoutMs: CARD_WAIT_MS }, signal);
}

export const staffListCommand: Command = {
  name: 'staff list',
  usage: 'staff list [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const people = listStaff(dataDirOf(input.text('data')));
    if (input.isJson) output.data(JSON.stringify(people));
    else
      for (const { id, name, role, signsInBy } of people)
        output.data(`${id}\t${role}\t${name}\t${signsInBy.join(' ')}`);
    return 0;
  },
};

export const staffRemoveCommand: Command = {
  name: 'staff remove',
  usage: 'staff remove ID [--data DIR]',
  options: { data: DATA_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [id] = input.positionals;
    if (id === undefined || !removeStaff(dataDirOf(input.text('data')), id))
      throw usage(staffRemoveCommand, 'nobody of that id is entered here');
    output.note(`${id} may not sign in any more from the next start. · นำออกแล้ว มีผลเมื่อเปิดสถานีใหม่`);
    return 0;
  },
};
