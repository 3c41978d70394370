import type { Raster } from '../../paper/port.ts';

const [ESC, GS, DLE] = [0x1b, 0x1d, 0x10];

/** Rows of one command: two of them, 3.5 kB at 576 dots, fit in the 4 kB that the smallest printers hold. */
export const BAND_ROWS = 24;

/** ESC @: forgets everything but what is printed. */
export const INITIALISE = Uint8Array.of(ESC, 0x40);
/** GS r 1: answered in its turn, when everything before it was printed. */
export const ASK_DONE = Uint8Array.of(GS, 0x72, 1);
/** GS V 66: feeds to the knife and cuts, leaving one point. */
export const CUT = Uint8Array.of(GS, 0x56, 66, 0);
/** ESC d: feeds lines, to the edge where paper is torn. */
export const FEED = Uint8Array.of(ESC, 0x64, 5);

export type StatusAsked = 1 | 2 | 4;

/** DLE EOT: answered at once, whatever else the printer is doing. 1 printer, 2 why it is offline, 4 paper. */
export function askStatus(what: StatusAsked): Uint8Array {
  return Uint8Array.of(DLE, 0x04, what);
}

/** A picture as GS v 0 commands, one a band. */
export function rasterBands({ width, height, bits }: Raster): readonly Uint8Array[] {
  const across = width / 8;
  return Array.from({ length: Math.ceil(height / BAND_ROWS) }, (_, i) => {
    const rows = Math.min(BAND_ROWS, height - i * BAND_ROWS);
    const data = quiet(bits.subarray(i * BAND_ROWS * across, (i * BAND_ROWS + rows) * across));
    return Buffer.concat([Uint8Array.of(GS, 0x76, 0x30, 0, across & 0xff, across >> 8, rows & 0xff, rows >> 8), data]);
  });
}

/**
 * Dots that no printer takes for a real-time command (DLE EOT, DLE ENQ, DLE DC4), which some obey wherever they stand, a picture's
 * data included: DC4 can even switch one off. One dot more beside another is not seen.
 */
function quiet(data: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(data);
  for (let i = 0; i + 1 < copy.length; i++)
    if (copy[i] === DLE && [0x04, 0x05, 0x14].includes(copy[i + 1] ?? 0)) copy[i] = 0x18;
  return copy;
}

/** One byte that a printer sent. */
export type PrinterWord =
  | { readonly kind: 'status'; readonly byte: number }
  | { readonly kind: 'done'; readonly isPaperOut: boolean }
  /** XOFF and XON: its memory is full, or has room again. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'noise' };

/** Fixed bits tell the answers apart: a status has bits 1 and 4 set, 0 and 7 clear; the answer to GS r has 4 and 7 clear. */
export function wordOf(byte: number): PrinterWord {
  if (byte === 0x13) return { kind: 'hold' };
  if (byte === 0x11) return { kind: 'go-on' };
  if ((byte & 0x93) === 0x12) return { kind: 'status', byte };
  if ((byte & 0x90) === 0) return { kind: 'done', isPaperOut: (byte & 0x0c) !== 0 };
  return { kind: 'noise' };
}

/** What the three statuses mean together. */
export function stateOf(
  statuses: Readonly<Record<StatusAsked, number>>,
): 'ready' | 'paper-out' | 'cover-open' | 'offline' {
  if ((statuses[2] & 0x04) !== 0) return 'cover-open';
  if ((statuses[4] & 0x60) !== 0 || (statuses[2] & 0x20) !== 0) return 'paper-out';
  return (statuses[1] & 0x08) !== 0 || (statuses[2] & 0x40) !== 0 ? 'offline' : 'ready';
}
