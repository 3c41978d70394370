import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fm225 } from '../../src/peripherals/face-scanner/drivers/fm225/fm225-module.ts';
import { realsenseId } from '../../src/peripherals/face-scanner/drivers/realsense-id/realsense-module.ts';
import type { ScannerFinding } from '../../src/peripherals/face-scanner/port.ts';
import { SupervisedScanner } from '../../src/peripherals/face-scanner/supervised-scanner.ts';
import { openSerialPort } from '../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import {
  JohnnyFiveSignals,
  PANEL_LIMITS,
} from '../../src/peripherals/signals/drivers/johnny-five/johnny-five-signals.ts';
import { untilReady } from '../contract/face-scanner.contract.ts';
import { panelMissing } from '../fixtures/panel/panel-missing.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { runSimulator } from '../fixtures/run-simulator.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) process.stderr.write('Skipped: simulators behind serial ports need the Debian package socat.\n');
if (panelMissing) process.stderr.write(`Skipped: the panel is not simulated, for ${panelMissing}.\n`);
const { signal } = new AbortController();

let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());
const link = () => join(folder.path, 'port');

const MODULES = [
  { model: 'fm225', kind: fm225({ picture: null, replyLimitMs: 3_000 }), first: /host: reset/ },
  {
    model: 'realsense-id',
    kind: realsenseId({ picture: null, keys: null, replyLimitMs: 3_000 }),
    first: /host: start a session/,
  },
] as const;

describe.skipIf(!hasSocat).each(MODULES)('simulate $model', ({ model, kind, first }) => {
  const open = (path: string) =>
    new SupervisedScanner({
      name: model,
      kind,
      openLink: (stop) => openSerialPort(path, { baudRate: kind.baudRate, lines: null }, stop),
      powerDownAfterMs: null,
      retryMs: { first: 50, longest: 200 },
    });

  test("the station's driver gets the verdicts of the scene that was typed", async () => {
    await using simulator = runSimulator(model, '--link', link());
    const { faceScanner } = await simulator.settings();
    expect(faceScanner).toMatchObject({ driver: model, path: link() });
    await using scanner = open(link());
    await untilReady(scanner);
    await simulator.line(first);
    const verdict = async () => (await scanner.judge(5_000, signal)).kind;
    expect(await verdict()).toBe('bona-fide');
    simulator.say('attack');
    await simulator.line(/scene: an attack/);
    expect(await verdict()).toBe('attack');
    simulator.say('face no');
    await simulator.line(/scene: nobody/);
    expect(await verdict()).toBe('no-face');
  });

  test('guidance, spoilt frames and a pulled cable reach the driver, and it is ready again', async () => {
    await using simulator = runSimulator(model, '--link', link());
    await simulator.settings();
    await using scanner = open(link());
    await untilReady(scanner);
    const stop = new AbortController();
    const findings: ScannerFinding[] = [];
    const watching = (async () => {
      for await (const finding of scanner.watch(stop.signal)) findings.push(finding);
    })();
    simulator.say('states near');
    await simulator.line(/states \d+/);
    expect((await scanner.judge(5_000, signal)).kind).toBe('bona-fide');
    stop.abort();
    await watching;
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'face', hint: 'move-back' }));
    simulator.say('fault double');
    await simulator.line(/the next frame: double/);
    expect((await scanner.judge(5_000, signal)).kind).toBe('bona-fide');
    simulator.say('unplug');
    await expect.poll(() => scanner.fault?.code).toBe('SERIAL_MISSING');
    expect(existsSync(link())).toBe(false);
    simulator.say('plug');
    await untilReady(scanner);
    expect((await scanner.judge(5_000, signal)).kind).toBe('bona-fide');
  });

  test('Ctrl-C ends it and leaves nothing behind', async () => {
    await using simulator = runSimulator(model, '--link', link());
    await simulator.settings();
    expect(lstatSync(link()).isSymbolicLink()).toBe(true);
    await simulator.line(/Words/);
    expect(await simulator.interrupt()).toBe(0);
    expect(lstatSync(link(), { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe.skipIf(panelMissing !== null)('simulate panel', () => {
  test("a typed press reaches the station's driver, and its lamps and tones are told", async () => {
    await using simulator = runSimulator('panel', '--link', link());
    expect((await simulator.settings()).signals).toMatchObject({ driver: 'johnny-five', port: link() });
    await using signals = new JohnnyFiveSignals({ findPort: () => link(), limits: PANEL_LIMITS });
    const events = signals.events(signal)[Symbol.asyncIterator]();
    const until = async (kind: string) => {
      for (;;) {
        const { value } = await events.next();
        if (value?.kind === kind) return value;
      }
    };
    while ((await until('link-changed')).link !== 'connected');
    simulator.say('press help');
    expect(await until('button-pressed')).toMatchObject({ button: 'call-staff' });
    simulator.say('press confirm');
    expect(await until('button-pressed')).toMatchObject({ button: 'confirm' });
    simulator.say('presence yes');
    await until('presence-began');
    simulator.say('door open');
    await until('door-opened');
    signals.show('done');
    await simulator.line(/lamp green on/);
    await simulator.line(/buzzer 5[89]\d Hz/);
    await simulator.line(/buzzer 8[78]\d Hz/);
    signals.ring(0.5);
    await simulator.line(/ring light (4[89]|5[01]) %/);
    expect(await simulator.interrupt()).toBe(0);
    expect(lstatSync(link(), { throwIfNoEntry: false })).toBeUndefined();
  });
});

// With uhid the reports would go into this machine's kernel, where another program may listen.
test.skipIf(existsSync('/dev/uhid'))('simulate code-scanner tells what the station would understand', async () => {
  await using simulator = runSimulator('code-scanner', '--profile', 'bare');
  await simulator.line(/no device for other programs: .*uhid/);
  await simulator.line(/Words/);
  simulator.say('badge KAMNAN07');
  expect(await simulator.line(/^station/)).toContain('{"kind":"operator-badge","operatorId":"KAMNAN07"}');
  simulator.say('badge not a body');
  await simulator.line(/USAGE: found "not a body"/);
  simulator.say('fault garbage');
  simulator.say('scan some text in more than one report');
  await simulator.line(/refused, not-utf8/);
  simulator.say('no-such-word');
  await simulator.line(/no such word/);
  simulator.say('help');
  expect(await simulator.line(/hold an operator badge/)).toMatch(/[ก-๙]/);
  simulator.say('quit');
  expect(await simulator.interrupt()).toBe(0);
});

describe('what cannot be simulated is told', () => {
  test.each([
    { args: ['toaster'], says: /expected one of: card, fm225/ },
    { args: ['code-scanner', '--link', '/x'], says: /--link means nothing to code-scanner/ },
    { args: ['code-scanner', '--profile', 'fancy'], says: /expected one of: common/ },
    { args: ['fm225', '--link', '/no/such/folder/port'], says: /there is no folder/ },
  ])('$args', async ({ args, says }) => {
    const { code, stdout, stderr } = await thuengban(['simulate', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/USAGE/);
    expect(stderr).toMatch(says);
  });

  test('a file in the place of the link is left alone; a link to nowhere is taken', async () => {
    writeFileSync(link(), 'mine');
    const { code, stderr } = await thuengban(['simulate', 'panel', '--link', link()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/something is there already/);
    const left = join(folder.path, 'left');
    symlinkSync('/no/such/port', left);
    if (!hasSocat) return;
    await using simulator = runSimulator('fm225', '--link', left);
    await simulator.settings();
    expect(existsSync(left)).toBe(true);
  });
});
