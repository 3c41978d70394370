import { descriptorItems } from './descriptor-items.ts';
import { DescriptorWalk, type InputReport, type WalkFault } from './descriptor-walk.ts';
import type { BitField, ReportLayout, ScanReport } from './report-layout.ts';

export type ParsedDescriptor =
  | { readonly kind: 'layout'; readonly layout: ReportLayout }
  | { readonly kind: 'refused'; readonly reason: 'too-long' | WalkFault | 'no-scan-report' };

/** The kernel's own limit, HID_MAX_DESCRIPTOR_SIZE. */
const MAX_DESCRIPTOR_BYTES = 4096;

/**
 * Finds out of a report descriptor where a HID-POS scanner puts its codes. Never throws, whatever the bytes are.
 * @source USB-IF HID Point of Sale Usage Tables 1.02 (Bar Code Scanner page)
 */
export function parseReportDescriptor(descriptor: Uint8Array): ParsedDescriptor {
  if (descriptor.length > MAX_DESCRIPTOR_BYTES) return { kind: 'refused', reason: 'too-long' };
  const walk = new DescriptorWalk();
  const items = descriptorItems(descriptor);
  if (items === undefined) return { kind: 'refused', reason: 'malformed' };
  for (const item of items) {
    const fault = walk.take(item);
    if (fault) return { kind: 'refused', reason: fault };
  }
  if (!walk.isClosed) return { kind: 'refused', reason: 'malformed' };
  const { hasIds } = walk;
  const scans = [...walk.reports].flatMap(([id, report]) => scanReport(id, report, hasIds) ?? []);
  if (scans.length === 0) return { kind: 'refused', reason: 'no-scan-report' };
  return { kind: 'layout', layout: { hasIds, scans } };
}

/** A report that holds decoded data in whole bytes; `undefined` for every other. */
function scanReport(id: number, { bits, fields }: InputReport, hasIds: boolean): ScanReport | undefined {
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
