import type { Refusal, ScannedCode } from './port.ts';
import { type ReportLayout, readBits, type ScanReport } from './report-layout.ts';

/** What came of one report. */
export type Assembled =
  | { readonly kind: 'code'; readonly code: ScannedCode }
  /** More parts are to come within {@link PART_LIMIT_MS}. */
  | { readonly kind: 'partial' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Another report of the device, or the rest of a code that was refused already. */
  | { readonly kind: 'ignored' };

/** Longest code: more than any QR code holds (2,953 bytes). */
export const MAX_CODE_BYTES = 4096;
/** The next part of a code comes within this time, ms. */
export const PART_LIMIT_MS = 300;
/** A part that comes later, but within this time, is the tail of the broken code and not a code of its own, ms. */
const TAIL_MS = 2_000;

/**
 * Puts the reports of one device together to codes. Holds at most {@link MAX_CODE_BYTES}; never throws, whatever the
 * bytes are. Time is passed in, monotonic, ms.
 */
export class CodeAssembler {
  readonly #layout: ReportLayout;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #symbology = '';
  #lastMs = 0;
  /** The code that is being sent is refused: its rest is passed over until its last part or this time. */
  #passOverUntilMs: number | undefined;

  constructor(layout: ReportLayout) {
    this.#layout = layout;
  }

  /** Takes one report as hidraw hands it over. */
  push(report: Uint8Array, atMs: number): Assembled {
    const scan = this.#layout.scans.find(({ id }) => !this.#layout.hasIds || id === report[0]);
    if (scan === undefined) return { kind: 'ignored' };
    const expired = this.expire(atMs);
    const part = readPart(scan, report, this.#layout.hasIds);
    if (this.#passOverUntilMs !== undefined && atMs <= this.#passOverUntilMs) {
      this.#passOverUntilMs = part.isContinued ? atMs + TAIL_MS : undefined;
      return expired ?? { kind: 'ignored' };
    }
    this.#passOverUntilMs = undefined;
    const refusal = part.refusal ?? this.#add(part);
    if (refusal !== undefined) return this.#refuse(refusal, part.isContinued ? atMs : undefined);
    this.#lastMs = atMs;
    if (part.isContinued) return { kind: 'partial' };
    const bytes = Buffer.concat(this.#parts);
    const symbology = this.#symbology;
    this.#clear();
    const text = readText(bytes);
    bytes.fill(0);
    return 'refusal' in text
      ? { kind: 'refused', reason: text.refusal }
      : { kind: 'code', code: { text: text.text, symbology, atMs } };
  }

  /** Gives up a code whose next part did not come in time; `undefined` when there is none such. */
  expire(atMs: number): Assembled | undefined {
    if (this.#parts.length === 0 || atMs - this.#lastMs <= PART_LIMIT_MS) return undefined;
    return this.#refuse('part-missing', this.#lastMs);
  }

  /** @param lastMs time of the last part, when more may follow */
  #refuse(reason: Refusal, lastMs: number | undefined): Assembled {
    this.#clear();
    this.#passOverUntilMs = lastMs === undefined ? undefined : lastMs + TAIL_MS;
    return { kind: 'refused', reason };
  }

  #add({ data, symbology, isContinued }: Part): Refusal | undefined {
    if (this.#parts.length === 0) this.#symbology = symbology;
    // Two codes run into one when the last part of the first is lost.
    else if (symbology !== '' && this.#symbology !== '' && symbology !== this.#symbology) return 'mixed-parts';
    // Empty parts in the middle would let a code go on without end at no cost in bytes.
    if (data.length === 0 && isContinued) return 'bad-length';
    if (data.length === 0 && this.#parts.length === 0) return 'empty';
    this.#bytes += data.length;
    if (this.#bytes > MAX_CODE_BYTES) return 'too-long';
    this.#parts.push(data);
    return undefined;
  }

  #clear(): void {
    for (const part of this.#parts) part.fill(0);
    this.#parts = [];
    this.#bytes = 0;
    this.#symbology = '';
  }
}

interface Part {
  readonly data: Uint8Array;
  readonly symbology: string;
  readonly isContinued: boolean;
  readonly refusal: Refusal | undefined;
}

function readPart(scan: ScanReport, report: Uint8Array, hasIds: boolean): Part {
  const nothing = { data: new Uint8Array(), symbology: '', isContinued: false };
  // Whether it went on is lost with its end; to be safe it did, else the tail would pass for a code.
  if (report.length < scan.sizeBytes)
    return { ...nothing, isContinued: scan.continued !== undefined, refusal: 'short-report' };
  const body = report.subarray(hasIds ? 1 : 0);
  const isContinued = scan.continued !== undefined && readBits(body, scan.continued) !== 0;
  const room = body.subarray(scan.data.firstByte, scan.data.firstByte + scan.data.bytes);
  const length = scan.length === undefined ? filledLength(room, isContinued) : readBits(body, scan.length);
  if (length > room.length) return { ...nothing, isContinued, refusal: 'bad-length' };
  const letters = String.fromCharCode(...scan.symbology.map((field) => readBits(body, field)));
  const symbology = /^\][A-Za-z][0-9A-Za-z]$/.test(letters) ? letters : '';
  // A copy: the report's memory is the transport's.
  return { data: room.slice(0, length), symbology, isContinued, refusal: undefined };
}

/** Without a length field a part that goes on is full, and the last one is padded with zeros. */
function filledLength(room: Uint8Array, isContinued: boolean): number {
  return isContinued ? room.length : room.findLastIndex((byte) => byte !== 0) + 1;
}

/** Line ends that scanners put after every code by default. */
const SUFFIX = /[\r\n\t]+$/;
/** Control and format characters (also those that turn the direction of writing), unassigned and private ones. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

function readText(bytes: Uint8Array): { readonly text: string } | { readonly refusal: Refusal } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(SUFFIX, '');
  } catch {
    return { refusal: 'not-utf8' };
  }
  if (UNWANTED.test(text)) return { refusal: 'control-character' };
  return text === '' ? { refusal: 'empty' } : { text };
}
