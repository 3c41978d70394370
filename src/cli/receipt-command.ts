import { readFileSync } from 'node:fs';
import { dataDirOf } from '../station/paths.ts';
import { checkReceipt, trustIssuers } from '../station/receipt-tools.ts';
import { type Command, type CommandInput, DATA_OPTION, JSON_OPTION, usage } from './command.ts';

export const receiptVerifyCommand: Command = {
  name: 'receipt verify',
  usage: 'receipt verify TEXT|FILE|- [--trust FILE [--server FILE]] [--data DIR] [--json]',
  options: {
    trust: {
      type: 'string',
      value: 'FILE',
      help: "The server's list of stations (thuengban hub receipt-trust); without it, the one that this station has taken over, and itself",
    },
    server: {
      type: 'string',
      value: 'FILE',
      help: "The server's trust.json, by which the list is checked (default: what this station trusts)",
    },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [named, ...rest] = input.positionals;
    if (named === undefined || rest.length > 0) throw usage(this, 'expected one receipt: its text, a file, or -');
    const { verdict, lines } = checkReceipt(textOf(named), {
      dir: dataDirOf(input.text('data')),
      list: fileOf(input, 'trust'),
      server: input.text('server'),
      nowMs: Date.now(),
    });
    if (input.isJson) output.data(JSON.stringify(verdict));
    else for (const line of lines) output.data(line);
    return verdict.state === 'genuine' ? 0 : 1;
  },
};

export const receiptTrustCommand: Command = {
  name: 'receipt trust',
  usage: 'receipt trust FILE [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [file, ...rest] = input.positionals;
    if (file === undefined || rest.length > 0)
      throw usage(this, "expected one file: the server's list of stations (thuengban hub receipt-trust)");
    const { issuers, at } = trustIssuers(dataDirOf(input.text('data')), read(this, file), Date.now());
    if (input.isJson) output.data(JSON.stringify({ issuers, at }));
    else output.note(`Receipts under ${issuers} keys are believed here now. · เชื่อถือใบรับจากกุญแจ ${issuers} ดอกแล้ว`);
    return 0;
  },
};

/** A receipt's text is long and holds no path; whatever is a file is read. */
function textOf(named: string): string {
  if (named === '-') return readFileSync(0, 'utf8');
  try {
    return readFileSync(named, 'utf8');
  } catch {
    return named;
  }
}

function fileOf(input: CommandInput, option: string): Uint8Array | undefined {
  const path = input.text(option);
  return path === undefined ? undefined : read(receiptVerifyCommand, path);
}

function read(command: Command, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw usage(command, `${path} cannot be read`);
  }
}
