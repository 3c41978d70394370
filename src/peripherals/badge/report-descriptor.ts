import { type DescriptorItem, descriptorItems } from './descriptor-items.ts';
import type { BitField, ReportLayout, ScanReport } from './report-layout.ts';

export type ParsedDescriptor =
  | { readonly kind: 'layout'; readonly layout: ReportLayout }
  | { readonly kind: 'refused'; readonly reason: 'too-long' | 'malformed' | 'report-too-long' | 'no-scan-report' };

/** The kernel's own limit, HID_MAX_DESCRIPTOR_SIZE. */
const MAX_DESCRIPTOR_BYTES = 4096;
const MAX_REPORT_BITS = 4096 * 8;
const MAX_DEPTH = 32;

/** Usage page and usage in one number, page in the upper half (HID 1.11 §6.2.2.8). */
const USAGE = {
  scanner: 0x8c_0002,
  aim1: 0x8c_00fb,
  aim2: 0x8c_00fc,
  aim3: 0x8c_00fd,
  data: 0x8c_00fe,
  continued: 0x8c_00ff,
  /** Generic Desktop, Byte Count: how much of the data is filled. */
  byteCount: 0x01_003b,
} as const;
type FieldName = Exclude<keyof typeof USAGE, 'scanner'>;
const FIELD_NAMES = Object.keys(USAGE).filter((name) => name !== 'scanner') as FieldName[];

const MAIN = { input: 8, collection: 10, endCollection: 12 } as const;
const GLOBAL = { usagePage: 0, reportSize: 7, reportId: 8, reportCount: 9, push: 10, pop: 11 } as const;
const LOCAL = { usage: 0, usageMinimum: 1, usageMaximum: 2 } as const;
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

interface Report {
  bits: number;
  readonly fields: Partial<Record<FieldName, BitField>>;
}

/**
 * Finds out of a report descriptor where a HID-POS scanner puts its codes. Never throws, whatever the bytes are.
 * @source USB-IF HID Point of Sale Usage Tables 1.02 §4 (Bar Code Scanner)
 */
export function parseReportDescriptor(descriptor: Uint8Array): ParsedDescriptor {
  if (descriptor.length > MAX_DESCRIPTOR_BYTES) return { kind: 'refused', reason: 'too-long' };
  const items = descriptorItems(descriptor);
  const reports = items && collectReports(items);
  if (reports === undefined) return { kind: 'refused', reason: 'malformed' };
  if (reports === 'report-too-long') return { kind: 'refused', reason: reports };
  const hasIds = items?.some(({ type, tag }) => type === 'global' && tag === GLOBAL.reportId) ?? false;
  const scans = [...reports].flatMap(([id, report]) => scanReport(id, report, hasIds) ?? []);
  if (scans.length === 0) return { kind: 'refused', reason: 'no-scan-report' };
  return { kind: 'layout', layout: { hasIds, scans } };
}

/** Walks the items as the kernel's parser does; a field counts when it lies in a scanner's collection. */
function collectReports(items: readonly DescriptorItem[]): Map<number, Report> | 'report-too-long' | undefined {
  const reports = new Map<number, Report>();
  const stack: Globals[] = [];
  let globals: Globals = { page: 0, size: 0, count: 0, id: 0 };
  let usages: UsageRange[] = [];
  let minimum: number | undefined;
  let depth = 0;
  /** Depth at which the scanner's collection was opened; 0 = outside. */
  let scannerDepth = 0;
  for (const { type, tag, value, size } of items) {
    if (type === 'global') {
      if (tag === GLOBAL.usagePage) globals = { ...globals, page: value & 0xffff };
      else if (tag === GLOBAL.reportSize) globals = { ...globals, size: value };
      else if (tag === GLOBAL.reportCount) globals = { ...globals, count: value };
      else if (tag === GLOBAL.reportId) {
        if (value < 1 || value > 255) return undefined;
        globals = { ...globals, id: value };
      } else if (tag === GLOBAL.push) {
        if (stack.push(globals) > MAX_DEPTH) return undefined;
      } else if (tag === GLOBAL.pop) {
        const before = stack.pop();
        if (before === undefined) return undefined;
        globals = before;
      }
    } else if (type === 'local') {
      const usage = size === 4 ? value : globals.page * 0x10000 + value;
      if (tag === LOCAL.usage) usages.push({ first: usage, last: usage });
      else if (tag === LOCAL.usageMinimum) minimum = usage;
      else if (tag === LOCAL.usageMaximum && minimum !== undefined && usage >= minimum) {
        usages.push({ first: minimum, last: usage });
        minimum = undefined;
      }
    } else if (type === 'main') {
      if (tag === MAIN.collection) {
        depth += 1;
        if (depth > MAX_DEPTH) return undefined;
        if (scannerDepth === 0 && usages[0]?.first === USAGE.scanner) scannerDepth = depth;
      } else if (tag === MAIN.endCollection) {
        if (depth === 0) return undefined;
        if (depth === scannerDepth) scannerDepth = 0;
        depth -= 1;
      } else if (tag === MAIN.input) {
        const report = reports.get(globals.id) ?? { bits: 0, fields: {} };
        reports.set(globals.id, report);
        const isField = (value & CONSTANT) === 0 && (value & VARIABLE) !== 0 && globals.size > 0;
        if (scannerDepth > 0 && isField) addFields(report, globals, usages);
        report.bits += globals.size * globals.count;
        if (report.bits > MAX_REPORT_BITS) return 'report-too-long';
      }
      usages = [];
      minimum = undefined;
    }
  }
  return depth === 0 ? reports : undefined;
}

/** Usages are dealt out to the elements in order; the last one stands for all the rest (HID 1.11 §6.2.2.8). */
function addFields(report: Report, { size, count }: Globals, usages: readonly UsageRange[]): void {
  let index = 0;
  for (const [n, { first, last }] of usages.entries()) {
    for (const name of FIELD_NAMES) {
      const usage = USAGE[name];
      const at = index + usage - first;
      if (usage < first || usage > last || at >= count) continue;
      const isRest = n === usages.length - 1 && usage === last;
      report.fields[name] ??= { bit: report.bits + at * size, size, count: isRest ? count - at : 1 };
    }
    index += last - first + 1;
  }
}

/** A report that holds decoded data in whole bytes; `undefined` for every other. */
function scanReport(id: number, { bits, fields }: Report, hasIds: boolean): ScanReport | undefined {
  const { data, byteCount, continued, aim1, aim2, aim3 } = fields;
  if (data === undefined || data.size !== 8 || data.bit % 8 !== 0) return undefined;
  const aim = [aim1, aim2, aim3].filter((field) => field !== undefined && field.size === 8) as BitField[];
  // Three elements under one usage are written by some firmware instead of one usage each.
  const first = aim[0];
  const letters =
    aim.length === 1 && first !== undefined && first.count >= 3
      ? [0, 1, 2].map((n) => ({ bit: first.bit + 8 * n, size: 8, count: 1 }))
      : aim;
  return {
    id,
    sizeBytes: Math.ceil(bits / 8) + (hasIds ? 1 : 0),
    length: byteCount,
    symbology: letters,
    data: { firstByte: data.bit / 8, bytes: data.count },
    continued,
  };
}
