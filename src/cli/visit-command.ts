import { loadSettings } from '../config/load-settings.ts';
import { createLog } from '../observe/log.ts';
import { dataDirOf } from '../station/paths.ts';
import { simulateVisit } from '../station/simulate-visit.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';

export const visitSimulateCommand: Command = {
  name: 'visit simulate',
  usage: 'visit simulate [--person CARD] [--face FACE] [--fast] [--json]',
  options: {
    person: { type: 'string', value: 'CARD', help: 'Which card is put in (default: normal)' },
    face: {
      type: 'string',
      value: 'FACE',
      help: "Who stands before the camera: a face's id or none (default: the card's holder)",
    },
    fast: { type: 'boolean', help: 'Let the chip answer at once instead of at wire speed' },
    'timeout-s': { type: 'string', value: 'N', help: 'Give up after this long (default: 120)' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const dataDir = dataDirOf(input.text('data'));
    const { settings } = loadSettings(dataDir);
    const visit = await simulateVisit(
      {
        dataDir,
        settings,
        person: input.text('person') ?? 'normal',
        face: input.text('face') ?? null,
        isWireSpeed: !input.flag('fast'),
        limitMs: input.whole('timeout-s', 120, 1, 3_600) * 1_000,
        log: createLog(settings.observe.level),
      },
      input.signal,
    );
    output.data(JSON.stringify(visit, null, input.isJson ? 0 : 2));
    return 0;
  },
};
