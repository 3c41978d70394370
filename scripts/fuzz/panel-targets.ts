import { FirmataFilter } from '../../src/peripherals/signals/drivers/johnny-five/firmata-filter.ts';
import { ascii, chunksOf, hex, mustHold } from './bytes.ts';
import type { Target } from './targets.ts';

const VERSION = hex('f9 02 05');
const LONGEST_MESSAGE = 513;

/** What the panel says. */
export const PANEL_TARGETS: Readonly<Record<string, Target>> = {
  'Firmata input': {
    samples: [
      VERSION,
      Uint8Array.of(0xf0, 0x79, 2, 5, ...[...ascii('thuengban-panel')].flatMap((letter) => [letter, 0]), 0xf7),
      hex('f0 6c 7f 00 01 0b 01 7f 02 0a 7f f7'),
      hex('f0 6a 7f 7f 00 f7'),
      hex('90 14 01 e3 01 02'),
    ],
    run: (input) => {
      const filter = new FirmataFilter();
      // Before the version nothing is let through; most inputs shall get further than that.
      if ((input[0] ?? 0) % 8 !== 0) filter.take(VERSION);
      for (const chunk of chunksOf(input))
        for (const message of filter.take(chunk)) {
          const first = message[0] ?? 0;
          mustHold(message.length <= LONGEST_MESSAGE && first > 0x7f, 'messages are whole and bounded');
          const data = first === 0xf0 ? message.subarray(1, -1) : message.subarray(1);
          mustHold(
            data.every((byte) => byte < 0x80),
            'data bytes have seven bits',
          );
        }
    },
  },
};
