import { CodeAssembler, MAX_CODE_BYTES } from '../../src/peripherals/badge/code-assembler.ts';
import { encodeScan } from '../../src/peripherals/badge/drivers/simulated/encode-scan.ts';
import { SCAN_PROFILES, type ScanProfile } from '../../src/peripherals/badge/drivers/simulated/scan-profiles.ts';
import { formatCode, parseCode } from '../../src/peripherals/badge/parse-code.ts';
import { parseReportDescriptor } from '../../src/peripherals/badge/report-descriptor.ts';
import { ascii, mustHold } from './bytes.ts';
import type { Target } from './targets.ts';

const PROFILES: readonly ScanProfile[] = Object.values(SCAN_PROFILES);
/** The kernel hands over no larger report (HID_MAX_BUFFER_SIZE 16 kB; ours is stricter), its id included. */
const LONGEST_REPORT = 4_096 + 1;

const layouts = PROFILES.map(({ descriptor }) => {
  const parsed = parseReportDescriptor(descriptor);
  if (parsed.kind !== 'layout') throw new Error('a profile of the simulator is not understood');
  return parsed.layout;
});
const texts = [formatCode('operator-badge', 'KAMNAN07'), 'ใบสั่งงาน ตำบลทดสอบ', 'A'.repeat(200)];
const scans = PROFILES.flatMap((profile, n) =>
  texts.map((text) => Buffer.concat([Uint8Array.of(n, 0), ...encodeScan(profile, ascii(text), ']Q1')])),
);

/** What a code scanner says about itself, what it sends, and what people hold before it. */
export const CODE_TARGETS: Readonly<Record<string, Target>> = {
  'HID report descriptors': {
    samples: PROFILES.map(({ descriptor }) => descriptor),
    run: (input) => {
      const parsed = parseReportDescriptor(input);
      if (parsed.kind === 'refused') return;
      for (const { sizeBytes } of parsed.layout.scans)
        mustHold(sizeBytes > 0 && sizeBytes <= LONGEST_REPORT, 'a report has a bounded size');
      // A layout that is believed must be fit to be used.
      new CodeAssembler(parsed.layout).push(input.subarray(0, 64), 0);
    },
  },
  'HID reports': {
    // First byte: which of the layouts; second byte: how the length of the reports is off; then reports, one after the other.
    samples: scans,
    run: (input) => {
      const n = (input[0] ?? 0) % layouts.length;
      const [layout, profile] = [layouts[n], PROFILES[n]];
      if (!layout || !profile) return;
      const size = Math.max(1, profile.reportBytes - ((input[1] ?? 0) % 4));
      const assembler = new CodeAssembler(layout);
      let atMs = 0;
      for (let at = 2; at < input.length; at += size) {
        atMs += (input[at + 6] ?? 0) * 2;
        const assembled = assembler.push(input.subarray(at, at + size), atMs);
        if (assembled.kind !== 'code') continue;
        const { text, symbology } = assembled.code;
        mustHold(Buffer.byteLength(text) <= MAX_CODE_BYTES && text.isWellFormed(), 'a code is a bounded text');
        mustHold(symbology.length <= 3, 'a symbology has three letters');
        parseCode(text);
      }
      assembler.expire(atMs + 1_000);
    },
  },
  'code grammar': {
    samples: [
      ascii(formatCode('operator-badge', 'KAMNAN07')),
      ascii(formatCode('work-order', 'WO20261122T01')),
      ascii(formatCode('enrolment', '7Q4Z'.repeat(16))),
      ascii('THUENGBAN:7KQ2-M8XD'),
    ],
    run: (input) => {
      const text = new TextDecoder().decode(input);
      const meaning = parseCode(text);
      // What was understood can be written again, and is the very same text: nothing is read into a code.
      if (meaning.kind === 'operator-badge')
        mustHold(formatCode(meaning.kind, meaning.operatorId) === text, 'no slack');
      if (meaning.kind === 'work-order') mustHold(formatCode(meaning.kind, meaning.workOrderId) === text, 'no slack');
      if (meaning.kind === 'enrolment') mustHold(formatCode(meaning.kind, meaning.token) === text, 'no slack');
    },
  },
};
