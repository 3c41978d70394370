import { simulateCard } from '../station/simulate/simulate-card.ts';
import { simulateCodeScanner } from '../station/simulate/simulate-code-scanner.ts';
import { simulatePanel } from '../station/simulate/simulate-panel.ts';
import { simulateScanner } from '../station/simulate/simulate-scanner.ts';
import type { RunningSimulator, Tell } from '../station/simulate/simulator.ts';
import { type Command, type CommandInput, type Option, usage } from './command.ts';
import { runConsole } from './simulator-console.ts';

interface Device {
  /** Options that mean something to it. */
  readonly options: readonly string[];
  start(input: CommandInput, tell: Tell): Promise<RunningSimulator>;
}

/** One entry per device that can be simulated alone. */
const DEVICES: Readonly<Record<string, Device>> = {
  card: {
    options: ['person', 'fast'],
    start: (input) =>
      simulateCard(input.text('person') ?? 'normal', { isWireSpeed: !input.flag('fast') }, input.signal),
  },
  fm225: {
    options: ['link'],
    start: (input, tell) => simulateScanner('fm225', { link: input.text('link'), tell }, input.signal),
  },
  'realsense-id': {
    options: ['link'],
    start: (input, tell) => simulateScanner('realsense-id', { link: input.text('link'), tell }, input.signal),
  },
  'code-scanner': {
    options: ['profile'],
    start: (input, tell) => simulateCodeScanner({ profile: input.text('profile') ?? 'common', tell }, input.signal),
  },
  panel: {
    options: ['link'],
    start: (input, tell) => simulatePanel({ link: input.text('link'), tell }),
  },
};

const OPTIONS: Readonly<Record<string, Option>> = {
  person: { type: 'string', value: 'KIND', help: 'card: kind of card (default: normal; a wrong one lists them all)' },
  fast: { type: 'boolean', help: 'card: answer at once instead of at wire speed' },
  link: { type: 'string', value: 'PATH', help: 'fm225, realsense-id, panel: where the serial port appears' },
  profile: { type: 'string', value: 'NAME', help: 'code-scanner: layout of its reports (common, bit-first, bare)' },
};

export const simulateCommand: Command = {
  name: 'simulate',
  usage: `simulate ${Object.keys(DEVICES).join('|')} [OPTIONS]`,
  options: OPTIONS,
  hasPositionals: true,
  async run(input, output) {
    const [name = '', ...rest] = input.positionals;
    const device = DEVICES[name];
    if (!device || rest.length > 0)
      throw usage(
        simulateCommand,
        `expected one of: ${Object.keys(DEVICES).join(', ')}; found "${input.positionals.join(' ')}"`,
      );
    for (const option of Object.keys(OPTIONS))
      if (input.text(option) !== undefined && !device.options.includes(option))
        throw usage(simulateCommand, `--${option} means nothing to ${name}`);
    await using simulator = await device.start(input, (line) => output.note(line));
    for (const line of simulator.notes) output.note(line);
    if (simulator.settings !== null) {
      output.note('Settings of a station that uses it (settings.json) · ค่าตั้งของสถานีที่ใช้ตัวจำลองนี้:');
      output.data(JSON.stringify(simulator.settings));
    }
    await runConsole(simulator, output, input.signal);
    return 0;
  },
};
