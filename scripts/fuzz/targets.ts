import { parseClientMessage } from '../../src/kiosk/messages.ts';
import { JpegSplitter } from '../../src/peripherals/camera/drivers/mjpeg/splitter.ts';
import { parseAddress } from '../../src/peripherals/card/address.ts';
import { readRange, selectThaiId } from '../../src/peripherals/card/apdu.ts';
import { parseBirthDate, parseExpiry } from '../../src/peripherals/card/chip-date.ts';
import { parseCitizenId } from '../../src/peripherals/card/citizen-id.ts';
import { ccidCutter } from '../../src/peripherals/card/drivers/serial-ccid/frame.ts';
import { failureCode } from '../../src/peripherals/card/drivers/serial-ccid/messages.ts';
import { scanJpeg } from '../../src/peripherals/card/jpeg-scan.ts';
import { FIELDS } from '../../src/peripherals/card/memory-map.ts';
import { parseName } from '../../src/peripherals/card/name.ts';
import { decodeText } from '../../src/peripherals/card/tis620.ts';
import { ascii, hex } from './bytes.ts';
import { CODE_TARGETS } from './code-targets.ts';
import { CONTRACT_TARGETS } from './contract-targets.ts';
import { FILE_TARGETS } from './file-targets.ts';
import { HUB_TARGETS } from './hub-targets.ts';
import { PANEL_TARGETS } from './panel-targets.ts';
import { SCANNER_TARGETS } from './scanner-targets.ts';

/** One parser that reads what comes from outside. It may return anything and may throw coded faults only. */
export interface Target {
  readonly samples: readonly Uint8Array[];
  run(input: Uint8Array): unknown;
}

/** Thai in TIS-620, as the chip holds it. */
const tis620 = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x0e01 ? code - 0x0e00 + 0xa0 : code;
  });

/** Feeds the input as the card's answers, in pieces of the length that its bytes say. */
function answersOf(input: Uint8Array) {
  let at = 0;
  return async () => {
    const length = (input[at] ?? 0) % 40;
    const piece = input.slice(at + 1, at + 1 + length);
    at += 1 + length;
    const sw = at >= input.length ? 0x6f00 : ((input[at] ?? 0) << 8) | (input[at + 1] ?? 0);
    at += 2;
    return { data: piece, sw };
  };
}

export const TARGETS: Readonly<Record<string, Target>> = {
  'APDU responses': {
    samples: [
      hex('00 6113 0d 39313031323030303030303137 9000'),
      hex('00 6c0d 00 9000'),
      hex('00 6a82'),
      hex('05 0102030405 610d 03 010203 9000'),
    ],
    run: async (input) => {
      const send = answersOf(input);
      await selectThaiId(send).catch(mustBeFault);
      await readRange(send, FIELDS.citizenId, 0).catch(mustBeFault);
    },
  },
  'TIS-620 fields': {
    samples: [
      tis620('นาย#สมชาย##ใจดี   '),
      tis620('123/4#หมู่ที่ 5####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ'),
      ascii('25010000'),
      ascii('99999999'),
      ascii('9101200000016'),
    ],
    run: (input) => {
      const text = decodeText(input);
      return [parseName(text), parseAddress(text), parseBirthDate(text), parseExpiry(text), parseCitizenId(text)];
    },
  },
  'CCID frames': {
    samples: [
      hex('02000003 02800a00000001070081 00 c2ff2d23c5f65cf29000 33 03'),
      hex('0281000000000107 0081 00 06 03 02500c5c03'),
      hex('02fffe03 02ffff03 028000000000010780010007 03'),
    ],
    run: (input) => {
      const cutter = ccidCutter();
      for (let at = 0; at < input.length; at += 7) {
        for (const frame of cutter.push(input.slice(at, at + 7), at * 10)) {
          if (frame.kind === 'message') failureCode(frame.message);
        }
      }
    },
  },
  'chip JPEG': {
    // SOI, JFIF, frame header of 297×355, scan header, three bytes of data, EOI.
    samples: [
      hex(
        'ffd8 ffe000104a46494600010101006000600000 ffc00011080163012903012200021101031101 ffda000c03010002110311003f00 aabbcc ffd9',
      ),
    ],
    run: scanJpeg,
  },
  'camera stream': {
    samples: [hex('ffd8ffe00102ffd9'), hex('ffd8ffdb01020304ffd9')],
    run: (input) => {
      const splitter = new JpegSplitter();
      for (let at = 0; at < input.length; at += 7) splitter.push(input.subarray(at, at + 7));
    },
  },
  'screen messages': {
    samples: [ascii('{"kind":"consent","choice":"agree"}'), ascii('{"kind":"simulate","command":{"do":"pull-card"}}')],
    run: (input) => {
      const text = new TextDecoder().decode(input);
      return (['citizen', 'operator', 'simulator'] as const).map((role) => parseClientMessage(role, text));
    },
  },
  ...SCANNER_TARGETS,
  ...CODE_TARGETS,
  ...CONTRACT_TARGETS,
  ...HUB_TARGETS,
  ...PANEL_TARGETS,
  ...FILE_TARGETS,
};

/** Lets coded faults pass and throws anything else on. */
export function mustBeFault(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'StationFault') throw error;
}
