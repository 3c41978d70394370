import { readFileSync } from 'node:fs';
import type { Broker } from '../hub/mqtt/packets.ts';
import { type Command, type CommandInput, type Option, usage } from './command.ts';

const FILE: Option['value'] = 'FILE';

/** How a server's program comes to the broker. */
export const BROKER_OPTIONS: Readonly<Record<string, Option>> = {
  broker: {
    type: 'string',
    value: 'URL',
    help: 'mqtt://host:1883, or mqtts://host:8883 (default: mqtt://127.0.0.1:1883)',
  },
  ca: { type: 'string', value: FILE, help: 'PEM: whose certificates the broker may show' },
  cert: { type: 'string', value: FILE, help: "PEM: the ingest's certificate" },
  key: { type: 'string', value: FILE, help: "PEM: its certificate's key" },
  user: { type: 'string', value: 'NAME', help: 'User name at the broker' },
  'password-file': { type: 'string', value: FILE, help: 'File that holds the password' },
};

/** @throws StationFault `USAGE` */
export function brokerOf(command: Pick<Command, 'name'>, input: CommandInput): Broker {
  const url = input.text('broker') ?? 'mqtt://127.0.0.1:1883';
  if (!URL.canParse(url) || !/^mqtts?:$/.test(new URL(url).protocol))
    throw usage(command, `--broker: expected mqtt:// or mqtts://, found "${url}"`);
  const [ca = null, cert = null, key = null] = ['ca', 'cert', 'key'].map((name) => fileOf(command, input, name));
  const password = fileOf(command, input, 'password-file')?.toString('utf8').trim() ?? null;
  return { url, username: input.text('user') ?? null, password, tls: { ca, cert, key } };
}

/** The file that an option names, `null` = it was not given. @throws StationFault `USAGE` */
export function fileOf(command: Pick<Command, 'name'>, input: CommandInput, name: string): Buffer | null {
  const path = input.text(name);
  if (path === undefined) return null;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw usage(command, `--${name}: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
