import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openPtyPair } from '../../src/peripherals/serial/drivers/pty/pty-pair.ts';
import { openSerialPort } from '../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { describeFaceScanner, untilReady } from '../contract/face-scanner.contract.ts';
import { ptyCable } from '../fixtures/cables.ts';
import { fm225Rig, realsenseRig } from '../fixtures/scanner-rig.ts';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) process.stderr.write('Skipped: serial lines without hardware need the Debian package socat.\n');
const { signal } = new AbortController();
const PACED = { baudRate: 115_200 } as const;
const PLAIN = { baudRate: 115_200, lines: null } as const;

describe.skipIf(!hasSocat)('over pseudo-terminals', () => {
  describeFaceScanner('fm225 over a serial port, paced', () => fm225Rig(ptyCable, PACED));
  describeFaceScanner('realsense-id over a serial port, paced', () => realsenseRig(ptyCable, PACED));

  describe('the line', () => {
    test('bytes of every value arrive as they were sent, and modem lines that a pty refuses do no harm', async () => {
      await using pair = await openPtyPair(signal);
      await using host = await openSerialPort(
        pair.host,
        { baudRate: 115_200, lines: { dtr: false, rts: true } },
        signal,
      );
      await using device = await openSerialPort(pair.device, PLAIN, signal);
      const sent = Uint8Array.from({ length: 256 }, (_, value) => value);
      const heard = collect(device, sent.length);
      await host.write(sent, 1_000, signal);
      expect(await heard).toEqual([...sent]);
    });

    test('a port that another program holds is SERIAL_BUSY', async () => {
      await using pair = await openPtyPair(signal);
      await using _held = await openSerialPort(pair.host, PLAIN, signal);
      await expect(openSerialPort(pair.host, PLAIN, signal)).rejects.toMatchObject({ code: 'SERIAL_BUSY' });
    });

    test('a port that is not there is SERIAL_MISSING', async () => {
      await expect(openSerialPort('/dev/serial/by-id/not-there', PLAIN, signal)).rejects.toMatchObject({
        code: 'SERIAL_MISSING',
      });
    });

    test('an unplugged line is told once; a write after it ends at once with the fault', async () => {
      await using pair = await openPtyPair(signal);
      await using host = await openSerialPort(pair.host, PLAIN, signal);
      const lost = new Promise((resolve) => host.onLost(resolve));
      await pair.unplug();
      expect(await lost).toMatchObject({ code: 'SERIAL_MISSING', message: 'unplugged' });
      await expect(host.write(Uint8Array.of(1), 1_000, signal)).rejects.toMatchObject({ code: 'SERIAL_MISSING' });
    });

    test('every unplug is told, the tenth as the first, and the process is at rest afterwards', async () => {
      for (let round = 0; round < 12; round++) {
        await using pair = await openPtyPair(signal);
        await using host = await openSerialPort(pair.host, PLAIN, signal);
        const lost = new Promise((resolve) => host.onLost(resolve));
        await pair.unplug();
        expect(await Promise.race([lost, delay(2_000, 'never told', { ref: false })])).toMatchObject({
          code: 'SERIAL_MISSING',
        });
      }
      const before = process.cpuUsage();
      await delay(500);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000, 'ms of processor time in 500 ms').toBeLessThan(250);
    });

    test('an unplug ends a write that waits, and an abort does too', async () => {
      await using pair = await openPtyPair(signal);
      await using host = await openSerialPort(pair.host, PLAIN, signal);
      // Nobody reads at the other end: the pseudo-terminal's buffer is full long before this.
      const tooMuch = new Uint8Array(4_000_000);
      const stop = new AbortController();
      const aborted = host.write(tooMuch, 20_000, stop.signal);
      stop.abort(new Error('enough'));
      await expect(aborted).rejects.toThrow('enough');
      const waiting = host.write(tooMuch, 20_000, signal);
      const ended = expect(waiting).rejects.toMatchObject({ code: 'SERIAL_MISSING' });
      await pair.unplug();
      await ended;
    });

    test('a line that takes nothing is SERIAL_STUCK', async () => {
      await using pair = await openPtyPair(signal);
      await using host = await openSerialPort(pair.host, PLAIN, signal);
      await expect(host.write(new Uint8Array(4_000_000), 50, signal)).rejects.toMatchObject({ code: 'SERIAL_STUCK' });
    });
  });

  test('the module is pulled in the middle of its verdict: nothing was judged', async () => {
    for (const atByte of [1, 5, 20, 43]) {
      await using rig = await fm225Rig(ptyCable, {
        ...PACED,
        faultFor: ({ name }) => (name === 'reply-12' ? { kind: 'unplug', atByte } : undefined),
      });
      await untilReady(rig.scanner);
      const verdict = await rig.scanner.judge(5_000, signal);
      expect(verdict, `after ${atByte} bytes`).toMatchObject({ kind: 'not-run' });
    }
  });

  test('a frame of 203 bytes takes as long as the line takes', async () => {
    await using rig = await fm225Rig(ptyCable, { ...PACED, baudRate: 9_600 });
    const startedAt = performance.now();
    await untilReady(rig.scanner);
    expect(performance.now() - startedAt).toBeGreaterThan(200);
    expect(rig.scanner.fault).toBeUndefined();
  });
});

async function collect(link: { onBytes(listener: (bytes: Uint8Array) => void): () => void }, count: number) {
  const bytes: number[] = [];
  const whole = Promise.withResolvers<readonly number[]>();
  link.onBytes((chunk) => {
    bytes.push(...chunk);
    if (bytes.length >= count) whole.resolve(bytes);
  });
  return await Promise.race([whole.promise, delay(5_000, bytes, { ref: false })]);
}
