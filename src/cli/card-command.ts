import { writeFileSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import { dataDirOf } from '../station/paths.ts';
import { readCard } from '../station/read-card.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';

export const cardReadCommand: Command = {
  name: 'card read',
  usage: 'card read [--reader NAME] [--show-personal] [--photo-out FILE] [--record FILE] [--timeout-s N] [--json]',
  options: {
    reader: {
      type: 'string',
      value: 'NAME',
      help: "Part of the reader's name, or a serial device's path (default: as set)",
    },
    'show-personal': { type: 'boolean', help: 'Print number, names, dates and address instead of masking them' },
    'photo-out': { type: 'string', value: 'FILE', help: "Write the card's photo there (mode 0600)" },
    record: { type: 'string', value: 'FILE', help: 'Write the commands and answers there, with nobody’s data in them' },
    'timeout-s': { type: 'string', value: 'N', help: 'Wait this long for a card (default: 15)' },
    data: DATA_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const { settings } = loadSettings(dataDirOf(input.text('data')));
    const timeoutS = input.whole('timeout-s', 15, 1, 3_600);
    output.note(`Waiting up to ${timeoutS} s for a card …`);
    let told = 0;
    const record = input.text('record');
    const card = await readCard(
      {
        card: settings.card,
        reader: input.text('reader') ?? null,
        timeoutMs: timeoutS * 1_000,
        showPersonal: input.flag('show-personal'),
        onProgress: (fraction) => {
          const quarter = Math.floor(fraction * 4);
          if (quarter > told) output.note(`Reading … ${quarter * 25} %`);
          told = Math.max(told, quarter);
        },
        onRecording:
          record === undefined
            ? undefined
            : (recording) => writeFileSync(record, `${JSON.stringify(recording, null, 1)}\n`, { mode: 0o600 }),
      },
      input.signal,
    );
    try {
      const photoOut = input.text('photo-out');
      if (photoOut !== undefined) {
        if (card.photoJpeg) writeFileSync(photoOut, card.photoJpeg, { mode: 0o600 });
        else output.note('The card gave no photo; nothing was written.');
      }
      output.data(JSON.stringify(card.json, null, input.isJson ? 0 : 2));
      return 0;
    } finally {
      card.wipe();
    }
  },
};
