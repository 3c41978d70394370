import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { StationFault } from '../shared/fault.ts';

/** One option of a command: its kind and what it does. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** Word for the value in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly isMany?: boolean;
  readonly help: string;
}

export interface CommandInput {
  text(name: string): string | undefined;
  /** @throws StationFault `USAGE` when it is not a whole number in the range */
  whole(name: string, fallback: number, min: number, max: number): number;
  flag(name: string): boolean;
  many(name: string): readonly string[];
  readonly positionals: readonly string[];
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/** Where a command speaks: data on standard output, everything else on standard error. */
export interface Output {
  data(text: string): void;
  note(text: string): void;
}

/** One line about a command, for people. */
export interface Summary {
  readonly en: string;
  readonly th: string;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly hasPositionals: boolean;
  /** @returns the exit code */
  run(input: CommandInput, output: Output): Promise<number>;
}

const COMMON: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', help: 'Show this help' },
};
export const JSON_OPTION: Option = { type: 'boolean', help: 'Print JSON, and nothing else, on standard output' };
export const DATA_OPTION: Option = {
  type: 'string',
  value: 'DIR',
  help: 'Data folder (default: THUENGBAN_DATA, else ./data)',
};

/** Reads the arguments behind a command's name. @throws StationFault `USAGE` */
export function readInput(command: Command, args: readonly string[], signal: AbortSignal): CommandInput {
  const options: ParseArgsOptionsConfig = {};
  for (const [name, option] of Object.entries({ ...COMMON, ...command.options }))
    options[name] = { type: option.type, multiple: option.isMany ?? false };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usage(command, cause instanceof Error ? cause.message : String(cause));
  }
  const { values } = parsed;
  // `--probe a b c` reads as people write it: what follows belongs to the last repeated option.
  if (!command.hasPositionals && parsed.positionals.length > 0)
    throw usage(command, `unexpected: ${parsed.positionals.join(' ')}`);
  return {
    text: (name) => values[name] as string | undefined,
    flag: (name) => values[name] === true,
    many: (name) => (values[name] as string[] | undefined) ?? [],
    whole(name, fallback, min, max) {
      const text = values[name] as string | undefined;
      if (text === undefined) return fallback;
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < min || value > max)
        throw usage(command, `--${name}: expected a whole number from ${min} to ${max}, found "${text}"`);
      return value;
    },
    positionals: parsed.positionals,
    isJson: values['json'] === true,
    signal,
  };
}

export function usage(command: Pick<Command, 'name'>, message: string): StationFault {
  return new StationFault('USAGE', command.name, `${message}; see thuengban ${command.name} --help`);
}

/** The help of one command. */
export function helpOf(command: Command, summary: Summary): string {
  const rows = Object.entries({ ...command.options, ...COMMON }).map(([name, option]) => {
    const left = `--${name}${option.value ? ` ${option.value}` : ''}`;
    return `  ${left.padEnd(26)}${option.help}`;
  });
  return `${summary.en}\n${summary.th}\n\nUsage: thuengban ${command.usage}\n\nOptions:\n${rows.join('\n')}\n`;
}

/** A command as it is listed. */
export interface Entry {
  readonly name: string;
  readonly summary: Summary;
  /** A command's own modules are read only when it runs: help and mistakes should answer at once. */
  load(): Promise<Command>;
}
