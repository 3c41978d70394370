import { describe, expect, test } from 'vitest';
import { HidPosScanner } from '../../src/peripherals/badge/drivers/hid-pos/hid-pos-scanner.ts';
import { encodeScan } from '../../src/peripherals/badge/drivers/simulated/encode-scan.ts';
import { ReportPlayer, type ScanFault } from '../../src/peripherals/badge/drivers/simulated/report-player.ts';
import { SCAN_PROFILES } from '../../src/peripherals/badge/drivers/simulated/scan-profiles.ts';
import type { HidTransport } from '../../src/peripherals/badge/hid-transport.ts';
import { formatCode } from '../../src/peripherals/badge/parse-code.ts';
import type { Refusal } from '../../src/peripherals/badge/port.ts';
import { RecordedTransport, readRecording } from '../fixtures/hid/recordings.ts';
import { describeCodeScanner, nextRefusal } from './code-scanner.contract.ts';

const open = (transport: HidTransport) => new HidPosScanner({ transport, firstPauseMs: 1, longestPauseMs: 20 });
const MANY_PARTS = { text: formatCode('enrolment', '7Q4Z'.repeat(16)), symbology: ']Q1' };

for (const name of ['common-layout', 'length-16'] as const) {
  const recording = readRecording(name);
  const [manyParts] = recording.scans.filter(({ reports }) => reports.length > 2);
  if (!manyParts) throw new Error('a recording in several parts is needed');
  describeCodeScanner(`hid-pos, recorded ${name}`, {
    samples: recording.scans,
    manyParts,
    make: () => {
      const transport = new RecordedTransport(recording);
      return {
        scanner: open(transport),
        scan: (text) => transport.scan(text),
        scanWithoutEnd: () => transport.play(manyParts.reports.slice(0, -1)),
        plug: (isPlugged) => transport.plug(isPlugged),
      };
    },
  });
}

for (const [name, profile] of Object.entries(SCAN_PROFILES))
  describeCodeScanner(`simulated ${name}`, {
    samples: [
      { what: 'a badge', text: formatCode('operator-badge', 'KAMNAN07'), symbology: ']Q1' },
      { what: 'Thai words', text: 'ใบสั่งงาน ตำบลทดสอบ', symbology: ']Q1' },
      { what: 'a full report', text: 'A'.repeat(profile.dataBytes), symbology: ']C0' },
      { what: 'one byte more', text: 'B'.repeat(profile.dataBytes + 1), symbology: ']C0' },
      { what: 'the longest QR code', text: '12345678'.repeat(369), symbology: ']Q1' },
      { what: 'many parts', ...MANY_PARTS },
    ],
    manyParts: MANY_PARTS,
    make: () => {
      const player = new ReportPlayer(profile);
      return {
        scanner: open(player),
        scan: (text, symbology) => player.scan(text, symbology, 'none'),
        scanWithoutEnd: (text, symbology) => player.scan(text, symbology, 'lost-part'),
        plug: (isPlugged) => (isPlugged ? player.plug() : player.unplug()),
      };
    },
  });

describe('faults of a scan', () => {
  test.each<{ fault: ScanFault; reason: Refusal }>([
    { fault: 'lost-part', reason: 'part-missing' },
    { fault: 'late-part', reason: 'part-missing' },
    { fault: 'short-report', reason: 'short-report' },
    { fault: 'garbage', reason: 'not-utf8' },
  ])('$fault is refused as $reason', async ({ fault, reason }) => {
    const player = new ReportPlayer(SCAN_PROFILES.common);
    await using scanner = open(player);
    await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
    const refused = nextRefusal(scanner);
    player.scan(MANY_PARTS.text, MANY_PARTS.symbology, fault);
    expect(await refused).toBe(reason);
  });

  test('what the simulator says twice, as descriptor and as positions, agrees with the recording', () => {
    const recording = readRecording('common-layout');
    for (const { text, symbology, reports } of recording.scans)
      expect(encodeScan(SCAN_PROFILES.common, new TextEncoder().encode(text), symbology)).toEqual(reports);
  });

  test('a device that is no scanner is told as unsupported, and looked at again', async () => {
    let opened = 0;
    const keyboard = Uint8Array.from(Buffer.from('05010906a101050719e029e71500250175019508' + '8102c0', 'hex'));
    await using scanner = open({
      open: async () => {
        opened += 1;
        return { name: 'keyboard', descriptor: keyboard, listen: () => undefined, close: async () => undefined };
      },
    });
    await expect.poll(() => scanner.fault?.code, { interval: 2 }).toBe('CODE_SCANNER_UNSUPPORTED');
    await expect.poll(() => opened, { interval: 2 }).toBeGreaterThan(2);
  });
});
