/** Elements of a report, counted from its first bit after the report id. */
export interface BitField {
  readonly bit: number;
  /** Bits of one element. */
  readonly size: number;
  readonly count: number;
}

/** Where one input report of a scanner holds what. */
export interface ScanReport {
  /** Report id, 0 when the device uses none. */
  readonly id: number;
  /** Whole report as hidraw hands it over, its id included. */
  readonly sizeBytes: number;
  /** How many data bytes are filled; `undefined` = zeros at the end are padding. */
  readonly length: BitField | undefined;
  /** The letters of the AIM identifier, in order; may be none. */
  readonly symbology: readonly BitField[];
  readonly data: { readonly firstByte: number; readonly bytes: number };
  /** Not 0 = the code goes on in the next report. */
  readonly continued: BitField | undefined;
}

/** How a scanner's reports are laid out. */
export interface ReportLayout {
  readonly hasIds: boolean;
  readonly scans: readonly ScanReport[];
}

/** Reads one element, little-endian as all of HID; at most 32 bits count. */
export function readBits(body: Uint8Array, { bit, size }: BitField): number {
  let value = 0;
  for (let i = Math.min(size, 32) - 1; i >= 0; i--) {
    const at = bit + i;
    value = value * 2 + (((body[at >> 3] ?? 0) >> (at & 7)) & 1);
  }
  return value;
}
