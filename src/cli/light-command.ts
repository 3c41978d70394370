import { OwnLightStore } from '../station/own-light.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';

export const faceLightCommand: Command = {
  name: 'face light',
  usage: 'face light [--forget] [--data DIR] [--json]',
  options: {
    forget: { type: 'boolean', help: 'Start anew: after lamps, windows, the camera or its settings were changed' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const store = new OwnLightStore(dataDirOf(input.text('data')));
    if (input.flag('forget')) store.forget();
    const cameras = store.summary();
    if (input.isJson) output.data(JSON.stringify(cameras));
    else if (cameras.length === 0) output.note('Nothing is known yet; it is learned from verified visits.');
    else
      for (const { camera, captures, judges } of cameras)
        output.data(`${camera}\t${captures} captures\t${judges ? 'judges' : 'learns'}`);
    return 0;
  },
};
