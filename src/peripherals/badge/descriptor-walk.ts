import type { DescriptorItem } from './descriptor-items.ts';
import type { BitField } from './report-layout.ts';

/** Usage page and usage in one number, page in the upper half (HID 1.11 §6.2.2.8). */
const SCANNER = 0x8c_0002;
const FIELD_USAGES = {
  aim1: 0x8c_00fb,
  aim2: 0x8c_00fc,
  aim3: 0x8c_00fd,
  data: 0x8c_00fe,
  continued: 0x8c_00ff,
  /** Generic Desktop, Byte Count: how much of the data is filled. */
  byteCount: 0x01_003b,
} as const;
type FieldName = keyof typeof FIELD_USAGES;

export interface InputReport {
  /** Its size so far, without the report id. */
  bits: number;
  /** What lies in a scanner's collection and is of use. */
  readonly fields: Partial<Record<FieldName, BitField>>;
}

export type WalkFault = 'malformed' | 'report-too-long';

const MAX_REPORT_BITS = 4096 * 8;
const MAX_DEPTH = 32;

const MAIN = { input: 8, collection: 10, endCollection: 12 } as const;
const GLOBAL = { usagePage: 0, reportSize: 7, reportId: 8, reportCount: 9, push: 10, pop: 11 } as const;
const LOCAL = { usage: 0, usageMinimum: 1, usageMaximum: 2 } as const;
/** Bits of an Input item (HID 1.11 §6.2.2.5). */
const CONSTANT = 1;
const VARIABLE = 2;

interface Globals {
  readonly page: number;
  readonly size: number;
  readonly count: number;
  readonly id: number;
}

interface UsageRange {
  readonly first: number;
  readonly last: number;
}

/** Walks the items of a descriptor as a host does, and notes where the fields of a scanner lie. Bounded, never throws. */
export class DescriptorWalk {
  readonly reports = new Map<number, InputReport>();
  hasIds = false;
  #globals: Globals = { page: 0, size: 0, count: 0, id: 0 };
  readonly #stack: Globals[] = [];
  #usages: UsageRange[] = [];
  #minimum: number | undefined;
  #depth = 0;
  /** Depth at which the scanner's collection was opened; 0 = outside. */
  #scannerDepth = 0;

  /** @returns why the descriptor is no good, `undefined` while it is */
  take(item: DescriptorItem): WalkFault | undefined {
    if (item.type === 'global') return this.#global(item);
    if (item.type === 'local') return this.#local(item);
    if (item.type !== 'main') return undefined;
    const fault = this.#main(item);
    this.#usages = [];
    this.#minimum = undefined;
    return fault;
  }

  /** To be asked after the last item: is every collection closed? */
  get isClosed(): boolean {
    return this.#depth === 0;
  }

  #global({ tag, value }: DescriptorItem): WalkFault | undefined {
    const globals = this.#globals;
    if (tag === GLOBAL.usagePage) this.#globals = { ...globals, page: value & 0xffff };
    else if (tag === GLOBAL.reportSize) this.#globals = { ...globals, size: value };
    else if (tag === GLOBAL.reportCount) this.#globals = { ...globals, count: value };
    else if (tag === GLOBAL.reportId) {
      if (value < 1 || value > 255) return 'malformed';
      this.hasIds = true;
      this.#globals = { ...globals, id: value };
    } else if (tag === GLOBAL.push) {
      if (this.#stack.push(globals) > MAX_DEPTH) return 'malformed';
    } else if (tag === GLOBAL.pop) {
      const before = this.#stack.pop();
      if (before === undefined) return 'malformed';
      this.#globals = before;
    }
    return undefined;
  }

  #local({ tag, value, size }: DescriptorItem): undefined {
    const usage = size === 4 ? value : this.#globals.page * 0x10000 + value;
    if (tag === LOCAL.usage) this.#usages.push({ first: usage, last: usage });
    else if (tag === LOCAL.usageMinimum) this.#minimum = usage;
    else if (tag === LOCAL.usageMaximum && this.#minimum !== undefined && usage >= this.#minimum) {
      this.#usages.push({ first: this.#minimum, last: usage });
      this.#minimum = undefined;
    }
  }

  #main({ tag, value }: DescriptorItem): WalkFault | undefined {
    if (tag === MAIN.collection) {
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) return 'malformed';
      if (this.#scannerDepth === 0 && this.#usages[0]?.first === SCANNER) this.#scannerDepth = this.#depth;
    } else if (tag === MAIN.endCollection) {
      if (this.#depth === 0) return 'malformed';
      if (this.#depth === this.#scannerDepth) this.#scannerDepth = 0;
      this.#depth -= 1;
    } else if (tag === MAIN.input) {
      const { id, size, count } = this.#globals;
      const report = this.reports.get(id) ?? { bits: 0, fields: {} };
      this.reports.set(id, report);
      const isField = (value & CONSTANT) === 0 && (value & VARIABLE) !== 0 && size > 0;
      if (this.#scannerDepth > 0 && isField) this.#addFields(report);
      report.bits += size * count;
      if (report.bits > MAX_REPORT_BITS) return 'report-too-long';
    }
    return undefined;
  }

  /** Usages are dealt out to the elements in order; the last one stands for all the rest (HID 1.11 §6.2.2.8). */
  #addFields(report: InputReport): void {
    const { size, count } = this.#globals;
    let index = 0;
    for (const [n, { first, last }] of this.#usages.entries()) {
      for (const [name, usage] of Object.entries(FIELD_USAGES) as [FieldName, number][]) {
        const at = index + usage - first;
        if (usage < first || usage > last || at >= count) continue;
        const isRest = n === this.#usages.length - 1 && usage === last;
        report.fields[name] ??= { bit: report.bits + at * size, size, count: isRest ? count - at : 1 };
      }
      index += last - first + 1;
    }
  }
}
