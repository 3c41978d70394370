/** How a simulated scanner lays out its reports: written down twice, as a descriptor and as plain positions. */
export interface ScanProfile {
  readonly descriptor: Uint8Array;
  readonly reportBytes: number;
  readonly reportId: number | undefined;
  /** Byte positions from the start of the report, its id included. */
  readonly lengthAt: number | undefined;
  readonly symbologyAt: number | undefined;
  readonly dataAt: number;
  readonly dataBytes: number;
  readonly continued: { readonly at: number; readonly mask: number };
}

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Layouts that scanners in the field have, more or less. */
export const SCAN_PROFILES = {
  /** Id 02, length, AIM identifier, 56 data bytes, two spare bytes, a byte that says it goes on. */
  common: {
    descriptor: hex(
      '05 8c 09 02 a1 01 09 12 a1 02 85 02 15 00 26 ff 00 75 08 95 01 05 01 09 3b 81 02 05 8c 09 fb 09 fc 09 fd 95 03' +
        '81 02 09 fe 95 38 82 02 01 95 02 81 03 09 ff 25 01 95 01 81 02 c0 c0',
    ),
    reportBytes: 64,
    reportId: 2,
    lengthAt: 1,
    symbologyAt: 2,
    dataAt: 5,
    dataBytes: 56,
    continued: { at: 63, mask: 0x01 },
  },
  /** No report ids, one bit that says it goes on before everything else. */
  'bit-first': {
    descriptor: hex(
      '05 8c 09 02 a1 01 09 12 a1 02 15 00 25 01 75 07 95 01 81 03 75 01 09 ff 81 02 26 ff 00 75 08 05 01 09 3b 81 02' +
        '05 8c 19 fb 29 fd 95 03 81 02 09 fe 95 1b 82 02 01 c0 c0',
    ),
    reportBytes: 32,
    reportId: undefined,
    lengthAt: 1,
    symbologyAt: 2,
    dataAt: 5,
    dataBytes: 27,
    continued: { at: 0, mask: 0x80 },
  },
  /** No length and no identifier: zeros at the end are padding. A keyboard collection lies before it. */
  bare: {
    descriptor: hex(
      '05 01 09 06 a1 01 85 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 c0' +
        '05 8c 09 02 a1 01 85 07 15 00 26 ff 00 75 08 95 14 09 fe 82 02 01 75 01 95 01 25 01 09 ff 81 02 75 07 81 03 c0',
    ),
    reportBytes: 22,
    reportId: 7,
    lengthAt: undefined,
    symbologyAt: undefined,
    dataAt: 1,
    dataBytes: 20,
    continued: { at: 21, mask: 0x01 },
  },
} as const satisfies Record<string, ScanProfile>;
