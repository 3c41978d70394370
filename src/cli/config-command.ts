import { loadSettings } from '../config/load-settings.ts';
import { settingsJsonSchema } from '../config/settings.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION } from './command.ts';

export const configSchemaCommand: Command = {
  name: 'config schema',
  usage: 'config schema',
  options: {},
  hasPositionals: false,
  async run(_input, output) {
    output.data(JSON.stringify(settingsJsonSchema(), null, 2));
    return 0;
  },
};

export const configShowCommand: Command = {
  name: 'config show',
  usage: 'config show [--data DIR]',
  options: { data: DATA_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const { settings, path, fallback } = loadSettings(dataDirOf(input.text('data')));
    output.note(fallback === null ? `From ${path}` : `From ${path}, because: ${fallback}`);
    output.data(JSON.stringify(settings, null, 2));
    return 0;
  },
};
