import { cardReadCommand } from './cli/card-command.ts';
import { type Command, helpOf, type Output, readInput } from './cli/command.ts';
import { configSchemaCommand, configShowCommand } from './cli/config-command.ts';
import { doctorCommand } from './cli/doctor-command.ts';
import { faceCompareCommand, faceScoreCommand } from './cli/face-commands.ts';
import { journalListCommand, journalVerifyCommand } from './cli/journal-commands.ts';
import { stationCommand } from './cli/station-command.ts';
import { visitSimulateCommand } from './cli/visit-command.ts';
import { asFault, StationFault } from './shared/fault.ts';
import { FAULTS } from './shared/faults.ts';
import { VERSION } from './station/version.ts';

const COMMANDS: readonly Command[] = [
  stationCommand,
  doctorCommand,
  cardReadCommand,
  faceCompareCommand,
  faceScoreCommand,
  visitSimulateCommand,
  journalVerifyCommand,
  journalListCommand,
  configShowCommand,
  configSchemaCommand,
];

const EXIT_FAULT = 2;

const output: Output = {
  data: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};

function overview(): string {
  const rows = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)}${summary.en} · ${summary.th}`);
  return `thuengban ${VERSION}: shared scanning station\n\nUsage: thuengban COMMAND [OPTIONS]\n\n${rows.join('\n')}\n\nthuengban COMMAND --help tells the options of a command.\n`;
}

/** Tells a fault: as data with `--json`, in words otherwise. Only what the fault's own message says, never personal data. */
function tell(fault: StationFault, isJson: boolean): void {
  const { cause, mend } = FAULTS[fault.code];
  if (isJson)
    output.data(JSON.stringify({ fault: { code: fault.code, message: fault.message, part: fault.part, cause, mend } }));
  else output.note(`${fault.code}: ${cause.en} (${fault.message})\n${mend.en}.\n${cause.th} → ${mend.th}`);
}

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--version') {
    output.data(VERSION);
    return 0;
  }
  const command = COMMANDS.find(({ name }) => args.slice(0, name.split(' ').length).join(' ') === name);
  if (!command) {
    const isAsked = args.length === 0 || args.includes('--help') || args[0] === 'help';
    if (isAsked) output.data(overview());
    else
      tell(
        new StationFault('USAGE', 'thuengban', `no such command: ${args.slice(0, 2).join(' ')}; see thuengban --help`),
        args.includes('--json'),
      );
    return isAsked ? 0 : EXIT_FAULT;
  }
  const rest = args.slice(command.name.split(' ').length);
  if (rest.includes('--help')) {
    output.data(helpOf(command));
    return 0;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    return await command.run(readInput(command, rest, stop.signal), output);
  } catch (error) {
    if (stop.signal.aborted) return EXIT_FAULT;
    tell(asFault(error, 'INTERNAL', command.name), rest.includes('--json'));
    return EXIT_FAULT;
  }
}

process.exitCode = await main(process.argv.slice(2));
