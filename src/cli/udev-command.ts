import { loadSettings } from '../config/load-settings.ts';
import { dataDirOf } from '../station/paths.ts';
import { udevRules } from '../station/udev-rules.ts';
import { type Command, DATA_OPTION } from './command.ts';

export const udevCommand: Command = {
  name: 'udev',
  usage: 'udev [--data DIR]',
  options: { data: DATA_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const { settings } = loadSettings(dataDirOf(input.text('data')));
    output.data(udevRules(settings.station.sockets).trimEnd());
    return 0;
  },
};
