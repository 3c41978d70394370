import { type RunningSimulator, simulateCard } from '../station/simulate-device.ts';
import { type Command, type CommandInput, usage } from './command.ts';

/** One entry per device that can be simulated alone. */
const DEVICES: Readonly<Record<string, (input: CommandInput) => Promise<RunningSimulator>>> = {
  card: (input) => simulateCard(input.text('person') ?? 'normal', { isWireSpeed: !input.flag('fast') }, input.signal),
};

export const simulateCommand: Command = {
  name: 'simulate',
  usage: `simulate ${Object.keys(DEVICES).join('|')} [--person KIND] [--fast]`,
  options: {
    person: { type: 'string', value: 'KIND', help: 'Kind of card (default: normal; a wrong one lists them all)' },
    fast: { type: 'boolean', help: 'Answer at once instead of at wire speed' },
  },
  hasPositionals: true,
  async run(input, output) {
    const [device = '', ...rest] = input.positionals;
    const start = DEVICES[device];
    if (!start || rest.length > 0)
      throw usage(
        simulateCommand,
        `expected one of: ${Object.keys(DEVICES).join(', ')}; found "${input.positionals.join(' ')}"`,
      );
    await using simulator = await start(input);
    for (const line of simulator.notes) output.note(line);
    output.note('Ctrl-C ends it.');
    const { promise, resolve } = Promise.withResolvers<void>();
    if (input.signal.aborted) resolve();
    input.signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    return 0;
  },
};
