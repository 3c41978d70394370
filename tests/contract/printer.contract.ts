import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Raster } from '../../src/paper/port.ts';
import type { EscPosSimulator } from '../../src/peripherals/printer/drivers/simulated/escpos-simulator.ts';
import type { Printer, PrinterState } from '../../src/peripherals/printer/port.ts';

/** A printer with its simulator behind a line. */
export interface PrinterRig extends AsyncDisposable {
  readonly printer: Printer;
  simulator(): EscPosSimulator;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

/** Dots that hold every byte, those that look like commands and real-time commands too. */
export function testRaster(height: number): Raster {
  const bits = Uint8Array.from({ length: 72 * height }, (_, i) => (i * 7) & 0xff);
  bits.set([0x10, 0x04, 0x01, 0x10, 0x14, 0x01, 0x00, 0x1b, 0x40, 0x1d, 0x56, 0x00], 100);
  return { width: 576, height, bits };
}

/** The suite that every {@link Printer} passes. */
export function describePrinter(name: string, make: () => Promise<PrinterRig>, speaks = true): void {
  describe(`printer contract: ${name}`, () => {
    let rig: PrinterRig;
    const { signal } = new AbortController();
    const until = async (state: PrinterState) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = rig.printer.onChange(() => rig.printer.state === state && resolve());
      if (rig.printer.state !== state) await promise;
      stop();
    };
    beforeEach(async () => {
      rig = await make();
      await until('ready');
    });
    afterEach(() => rig[Symbol.asyncDispose]());

    test('prints dot for dot, one slip after the other, whatever the dots say', async () => {
      const [first, second] = [testRaster(150), testRaster(40)];
      await Promise.all([rig.printer.print(first, signal), rig.printer.print(second, signal)]);
      const simulator = rig.simulator();
      await simulator.until(() => simulator.slips.length === 2);
      expect(simulator.slips.map(({ width, height }) => [width, height])).toEqual([
        [576, 150],
        [576, 40],
      ]);
      const wrong = [...(simulator.slips[0]?.bits ?? [])].filter((byte, i) => byte !== first.bits[i]);
      // DLE before EOT or DC4 has one dot more.
      expect(wrong).toEqual([0x18, 0x18]);
      expect(simulator).toMatchObject({ unknown: 0, overrun: 0 });
      expect(rig.printer).toMatchObject({ state: 'ready', fault: undefined });
    });

    test('a picture for other paper is refused', async () => {
      const narrow = { width: 384, height: 1, bits: new Uint8Array(48) };
      await expect(rig.printer.print(narrow, signal)).rejects.toThrow(RangeError);
    });

    test('a stop ends the wait, and the next slip is whole', async () => {
      const stop = new AbortController();
      rig.simulator().isJammed = true;
      const attempt = rig.printer.print(testRaster(400), stop.signal);
      stop.abort(new Error('enough'));
      await expect(attempt).rejects.toThrow('enough');
      rig.simulator().isJammed = false;
      await rig.printer.print(testRaster(30), signal);
      await rig.simulator().until(() => rig.simulator().slips.length > 0);
      const printed =
        rig
          .simulator()
          .slips.at(-1)
          ?.bits.subarray(-72 * 30) ?? [];
      expect([...printed]).toEqual([...testRaster(30).bits].map((byte, i) => (i === 100 || i === 103 ? 0x18 : byte)));
    });

    test.runIf(speaks)('unplugged in the middle of a slip is missing, and prints again when it is back', async () => {
      rig.simulator().isJammed = true;
      const attempt = rig.printer.print(testRaster(3_000), signal);
      await rig.unplug();
      await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^PRINTER_(MISSING|STUCK)$/) });
      await until('missing');
      expect(rig.printer.fault?.code).toBe('PRINTER_MISSING');
      await rig.plugIn();
      await until('ready');
      await rig.printer.print(testRaster(20), signal);
      await rig.simulator().until(() => rig.simulator().slips.length === 1);
    });

    test.runIf(speaks)('says what is wrong before and while it prints, and recovers', async () => {
      const simulator = rig.simulator();
      simulator.isCoverOpen = true;
      await until('cover-open');
      await expect(rig.printer.print(testRaster(10), signal)).rejects.toMatchObject({ code: 'PRINTER_COVER_OPEN' });
      simulator.isCoverOpen = false;
      await until('ready');
      simulator.paper = 60;
      await expect(rig.printer.print(testRaster(200), signal)).rejects.toMatchObject({ code: 'PRINTER_PAPER_OUT' });
      expect(rig.printer.state).toBe('paper-out');
      simulator.paper = 10_000;
      await until('ready');
      simulator.isJammed = true;
      await expect(rig.printer.print(testRaster(10), signal)).rejects.toMatchObject({ code: 'PRINTER_STUCK' });
      simulator.isJammed = false;
      await until('ready');
      await rig.printer.print(testRaster(10), signal);
      expect(simulator.slips.at(-1)?.bits.subarray(-720).length).toBe(720);
    });
  });
}
