import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PanelEmulator } from '../../src/peripherals/signals/drivers/emulated/emulator.ts';
import { buildFirmware } from '../../src/peripherals/signals/drivers/emulated/firmware.ts';
import { panelMissing } from '../fixtures/panel/panel-missing.ts';

if (panelMissing) process.stderr.write(`Skipped: the panel's firmware is not run, for ${panelMissing}.\n`);

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const VERSION = 'f90205';
/** Name and version 1.0, each letter as two times seven bits. */
const FIRMWARE = `f0790100${[...'thuengban-panel'].map((letter) => `${letter.charCodeAt(0).toString(16)}00`).join('')}f7`;

/** Byte by byte against the protocol's own text: nothing of the driver's code takes part. */
describe.skipIf(panelMissing !== null)("the firmware's bytes", () => {
  let hex: string;
  let chip: PanelEmulator;
  let sent: number[];
  beforeAll(() => {
    hex = buildFirmware();
  });
  beforeEach(() => {
    chip = new PanelEmulator(hex);
    sent = [];
    chip.onSent = (byte) => sent.push(byte);
    chip.advance(20);
    sent.length = 0;
  });
  /** What it answers to these bytes within `ms`. */
  const ask = (bytes: string | readonly number[], ms = 40): string => {
    sent.length = 0;
    chip.receive(typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : Uint8Array.from(bytes));
    chip.advance(ms);
    return Buffer.from(sent).toString('hex');
  };
  /** The first byte after a silence is answered by an announcement. */
  const wake = () => ask('f9');

  test('announces itself at power-on, and to the first byte after a silence', () => {
    const fresh = new PanelEmulator(hex);
    const said: number[] = [];
    fresh.onSent = (byte) => said.push(byte);
    fresh.advance(20);
    expect(Buffer.from(said).toString('hex')).toBe(VERSION + FIRMWARE);
    expect(wake()).toBe(VERSION + FIRMWARE + VERSION);
    expect(ask('f9')).toBe(VERSION);
    expect(ask('f079f7')).toBe(FIRMWARE);
    chip.advance(5_100);
    expect(ask('f079f7')).toBe(VERSION + FIRMWARE + FIRMWARE);
  });

  test('tells what each pin can, and which are analog', () => {
    wake();
    const input = '00010b017f';
    const analog = '00010b01020a7f';
    const lamp = '01017f';
    const pins = ['7f', '7f', input, '03087f', input, input, input, input, lamp, '7f', lamp, lamp, lamp, '7f'];
    expect(ask('f06bf7')).toBe(`f06c${pins.join('')}${analog.repeat(6)}f7`);
    expect(ask('f069f7')).toBe(`f06a${'7f'.repeat(14)}000102030405f7`);
  });

  test('drives a pin only in its mode, by port or alone', () => {
    wake();
    ask('910400');
    expect(chip.level(10)).toBe(0);
    ask('f40a01 910400'.replace(' ', ''));
    expect(chip.level(10)).toBe(1);
    ask('f50a00');
    expect(chip.level(10)).toBe(0);
    ask('f50a01');
    expect(chip.level(10)).toBe(1);
    ask('ff');
    expect(chip.level(10)).toBe(0);
  });

  test('never drives an input, whatever it is told', () => {
    wake();
    for (const pin of [0, 1, 2, 4, 5, 6, 7, 9, 14, 19, 20, 127]) {
      ask([0xf4, pin, 1, 0xf4, pin, 3, 0xf5, pin, 1, 0x90, 0x7f, 1, 0x91, 0x7f, 1, 0x92, 0x7f, 1], 5);
      expect([0, 2, 4, 5, 6, 7, 14, 19].filter((one) => chip.level(one) === 1)).toEqual([]);
    }
  });

  test('reports a port at once, then on each change of an input; a spike of a millisecond is none', () => {
    wake();
    chip.connect(5, 'low');
    // D2, D4 and D6 are pulled up, also before the host has set a mode.
    expect(ask('d001')).toBe('905400');
    chip.connect(2, 'low');
    expect(ask('', 5)).toBe('905000');
    chip.connect(2, 'open');
    chip.connect(5, 'open');
    expect(ask('', 5)).toBe('907400');
    chip.connect(5, 'low');
    chip.advance(0.5);
    chip.connect(5, 'open');
    expect(ask('', 5)).toBe('');
    ask('d000');
    chip.connect(5, 'low');
    expect(ask('', 5)).toBe('');
  });

  test('reports an analog channel at the pace that is asked for', () => {
    wake();
    chip.applyVolts(2, 2.5);
    ask('f07a0a00f7c201', 12);
    expect(ask('', 50)).toMatch(/^(e27f03|e20004){5}$/);
    ask('c200', 12);
    expect(ask('', 50)).toBe('');
  });

  test('dims the ring light by both kinds of message', () => {
    wake();
    ask('f40303e34000');
    expect(chip.dutyOf(3, 2.048)).toBeCloseTo(0.25, 1);
    ask('f06f037f01f7');
    expect(chip.dutyOf(3, 2.048)).toBeGreaterThan(0.98);
    ask('e30000');
    expect(chip.dutyOf(3, 2.048)).toBe(0);
  });

  test('a tone out of range is silence', () => {
    wake();
    for (const [hz, ms, duty] of [
      [0, 100, 127],
      [30, 100, 127],
      [5_001, 100, 127],
      [440, 0, 127],
      [440, 100, 0],
    ] as const)
      ask([0xf0, 1, hz & 0x7f, hz >> 7, ms & 0x7f, ms >> 7, duty, 0xf7]);
    expect(chip.buzzes).toEqual([]);
    ask([0xf0, 1, 440 & 0x7f, 440 >> 7, 100, 0, 127, 0xf7], 60);
    expect(chip.buzzes.length).toBeGreaterThan(10);
    ask('ff');
    const { length } = chip.buzzes;
    chip.advance(20);
    expect(chip.buzzes).toHaveLength(length);
  });

  test('fuzz: no bytes hang it or make it drive an input, and it answers after them', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .tuple(
          fc.constantFrom(0x90, 0x91, 0x92, 0xc0, 0xd0, 0xe3, 0xf4, 0xf5),
          fc.uint8Array({ maxLength: 3, max: 127 }),
        )
        .map(([command, data]) => Uint8Array.of(command, ...data)),
      fc
        .tuple(fc.constantFrom(1, 0x69, 0x6b, 0x6f, 0x79, 0x7a), fc.uint8Array({ maxLength: 40, max: 127 }))
        .map(([command, data]) => Uint8Array.of(0xf0, command, ...data, 0xf7)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        chip.receive(Buffer.concat(parts));
        // At the worst every byte asks for the longest answer.
        for (let ms = 0; chip.waiting > 0 && ms < 10_000; ms += 50) chip.advance(50);
        chip.advance(50);
        expect([0, 2, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19].filter((pin) => chip.level(pin) === 1)).toEqual([]);
        expect(ask('f7fff9', 60).endsWith(VERSION)).toBe(true);
        expect(chip.resets).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
