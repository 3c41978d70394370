import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pairedKeys } from '../../src/peripherals/face-scanner/drivers/realsense-id/secure-keys.ts';
import { seededFaults } from '../../src/peripherals/face-scanner/drivers/simulated/wire.ts';
import type { LineFault } from '../../src/shared/faulty-line.ts';
import { memoryCable } from '../fixtures/cables.ts';
import { fm225Rig, realsenseRig } from '../fixtures/scanner-rig.ts';
import { describeFaceScanner, untilReady } from './face-scanner.contract.ts';

const { signal } = new AbortController();
const LIMIT_MS = 5_000;
/** A fault on the n-th frame of this name. */
const once = (name: string, fault: LineFault) => {
  let isDone = false;
  return (frame: { readonly name: string }) => {
    if (isDone || frame.name !== name) return undefined;
    isDone = true;
    return fault;
  };
};

describe('fm225', () => {
  test('templates that lie in its flash are deleted before it is used', async () => {
    await using rig = await fm225Rig(memoryCable, { users: 100 });
    await untilReady(rig.scanner);
    expect(rig.simulator().users).toBe(0);
    expect(rig.simulator().heard).toContain(0x21);
  });

  test('a module that keeps its templates is not used', async () => {
    await using rig = await fm225Rig(memoryCable, { users: 3, keepsUsers: true });
    expect(await rig.scanner.judge(500, signal)).toMatchObject({ kind: 'not-run' });
    expect(rig.scanner.fault).toMatchObject({ code: 'SCANNER_UNSAFE' });
  });

  test('the only commands that it ever hears are those of presence and attack detection', async () => {
    await using rig = await fm225Rig(memoryCable, { users: 1 });
    await untilReady(rig.scanner);
    for (const what of ['person', 'photograph', 'nobody'] as const) {
      rig.show(what);
      await rig.scanner.judge(1_000, signal);
    }
    const allowed = [0x10, 0x11, 0x12, 0x21, 0x24, 0x30, 0x93, 0xfe];
    expect(rig.simulator().heard.filter((command) => !allowed.includes(command))).toEqual([]);
  });

  test('its serial number is told by four characters', async () => {
    await using rig = await fm225Rig(memoryCable);
    await untilReady(rig.scanner);
    expect(rig.scanner.info).toEqual({ model: 'HLK-FM22x', firmware: 'FM225_SIM_1.0', serial: '…5678' });
  });

  test.each<{ name: string; on: string; fault: LineFault }>([
    { name: 'a reply that is lost', on: 'reply-10', fault: { kind: 'lose' } },
    { name: 'a reply with a bad checksum', on: 'reply-fe', fault: { kind: 'corrupt', atByte: 6 } },
    { name: 'a reply that comes twice', on: 'reply-12', fault: { kind: 'double' } },
    { name: 'a pause of more than 200 ms in a frame', on: 'reply-24', fault: { kind: 'split', atByte: 9, gapMs: 260 } },
    { name: 'a pause in the 203 bytes', on: 'reply-24', fault: { kind: 'split', atByte: 150, gapMs: 100 } },
    {
      name: 'a note before the reply',
      on: 'reply-10',
      fault: { kind: 'precede', bytes: Uint8Array.of(0xef, 0xaa, 1, 0, 2, 4, 1, 6) },
    },
    { name: 'noise before the reply', on: 'reply-12', fault: { kind: 'precede', bytes: Uint8Array.of(0xef, 0, 0xaa) } },
  ])('$name changes no verdict', async ({ on, fault }) => {
    await using rig = await fm225Rig(memoryCable, { faultFor: once(on, fault) });
    await untilReady(rig.scanner);
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
    rig.show('photograph');
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'attack' });
    rig.show('person');
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
  });

  test('a lost verdict is a not-run, and the next one is sound', async () => {
    await using rig = await fm225Rig(memoryCable, { faultFor: once('reply-12', { kind: 'lose' }) });
    await untilReady(rig.scanner);
    expect(await rig.scanner.judge(300, signal)).toMatchObject({ kind: 'not-run' });
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
  });

  test('a verdict that comes late belongs to nobody: not to the photograph before it, nor to who comes next', async () => {
    await using rig = await fm225Rig(memoryCable, { faultFor: once('reply-12', { kind: 'double' }) });
    await untilReady(rig.scanner);
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
    rig.show('photograph');
    for (let round = 0; round < 5; round++) {
      expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'attack' });
    }
  });

  test('a face that goes away and comes back begins a new window', async () => {
    await using rig = await fm225Rig(memoryCable);
    await untilReady(rig.scanner);
    const { scene } = rig.simulator();
    rig.simulator().scene = { ...scene, states: [0, 1, 0], lookMs: 50 };
    let lostAtMs = Number.POSITIVE_INFINITY;
    const stop = new AbortController();
    const watching = (async () => {
      for await (const finding of rig.scanner.watch(stop.signal))
        if (finding.kind === 'no-face') lostAtMs = finding.atMs;
    })();
    const verdict = await rig.scanner.judge(LIMIT_MS, signal);
    stop.abort();
    await watching;
    expect(verdict).toMatchObject({ kind: 'bona-fide', startMs: lostAtMs });
    expect(verdict.box).toEqual({ x: 0.25, y: 200 / 1200, width: 0.25, height: 500 / 1200 });
  });

  test('put to sleep when idle, it is woken and initialised for the next judgement', async () => {
    await using rig = await fm225Rig(memoryCable, {}, 30);
    await untilReady(rig.scanner);
    await expect.poll(() => rig.simulator().heard.includes(0xed)).toBe(true);
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
  });

  test.concurrent.each([1, 2, 3, 4, 5, 6])(
    'on a bad line (seed %i) a photograph is never bona fide, a person never an attack',
    async (seed) => {
      await using rig = await fm225Rig(memoryCable, { faultFor: seededFaults(seed, 4) });
      for (let round = 0; round < 8; round++) {
        const what = round % 2 === 0 ? 'photograph' : 'person';
        rig.show(what);
        const { kind } = await rig.scanner.judge(800, signal);
        expect(kind).not.toBe(what === 'photograph' ? 'bona-fide' : 'attack');
      }
    },
  );
});

describe('realsense-id', () => {
  test('attack detection is off in a new module: it is set to its strictest, and read back', async () => {
    await using rig = await realsenseRig(memoryCable);
    await untilReady(rig.scanner);
    expect(rig.simulator().config.slice(0, 3)).toEqual([0, 0, 0]);
    expect(rig.simulator().heard.join('')).toMatch(/qo?s.*q/);
    expect(rig.scanner.info).toEqual({ model: 'RealSense ID', firmware: '5.6.0.1', serial: null });
  });

  test('a module that keeps its unsafe settings is not used', async () => {
    await using rig = await realsenseRig(memoryCable, { keepsConfig: true });
    expect(await rig.scanner.judge(500, signal)).toMatchObject({ kind: 'not-run' });
    expect(rig.scanner.fault).toMatchObject({ code: 'SCANNER_UNSAFE' });
  });

  test('users that lie in its flash are removed before it is used', async () => {
    await using rig = await realsenseRig(memoryCable, { users: 7 });
    await untilReady(rig.scanner);
    expect(rig.simulator().users).toBe(0);
  });

  test('later firmware has longer settings and counts an attack otherwise', async () => {
    const config = [0, 2, 1, ...new Array<number>(57).fill(9)];
    await using rig = await realsenseRig(memoryCable, { config, attackStatus: 19 });
    await untilReady(rig.scanner);
    expect(rig.simulator().config).toEqual([0, 0, 0, ...new Array<number>(57).fill(9)]);
    rig.show('photograph');
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'attack' });
  });

  test.each<{ name: string; on: string; fault: LineFault }>([
    { name: 'an answer that is lost', on: 'q', fault: { kind: 'lose' } },
    { name: 'the start of a session that is lost', on: 'o', fault: { kind: 'lose' } },
    { name: 'a result that comes twice', on: 'R', fault: { kind: 'double' } },
    { name: 'an end that comes twice', on: 'Y', fault: { kind: 'double' } },
    { name: 'an end that is lost', on: 'Y', fault: { kind: 'lose' } },
    { name: 'a hint with a bad checksum', on: 'H', fault: { kind: 'corrupt', atByte: 60 } },
    { name: 'a pause of more than 200 ms in a packet', on: 'n', fault: { kind: 'split', atByte: 40, gapMs: 260 } },
    {
      name: 'noise before the result',
      on: 'R',
      fault: { kind: 'precede', bytes: Buffer.from('@F\u0003log line\r\n') },
    },
  ])('$name changes no verdict', async ({ on, fault }) => {
    await using rig = await realsenseRig(memoryCable, { faultFor: once(on, fault) });
    await untilReady(rig.scanner);
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
    rig.show('photograph');
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'attack' });
  });

  test('a lost verdict is a not-run, and the next one is sound', async () => {
    await using rig = await realsenseRig(memoryCable, { faultFor: once('R', { kind: 'lose' }) });
    await untilReady(rig.scanner);
    expect(await rig.scanner.judge(400, signal)).toMatchObject({ kind: 'not-run' });
    expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
  });

  test.concurrent.each([1, 2, 3, 4])(
    'on a bad line (seed %i) a photograph is never bona fide, a person never an attack',
    async (seed) => {
      await using rig = await realsenseRig(memoryCable, { faultFor: seededFaults(seed, 5) });
      for (let round = 0; round < 6; round++) {
        const what = round % 2 === 0 ? 'photograph' : 'person';
        rig.show(what);
        const { kind } = await rig.scanner.judge(800, signal);
        expect(kind).not.toBe(what === 'photograph' ? 'bona-fide' : 'attack');
      }
    },
  );

  describe('secure', async () => {
    const station = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = station.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
    const own = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
    const spki = station.publicKey.export({ type: 'spki', format: 'der' });
    const host = await webcrypto.subtle.importKey('spki', spki, ecdsa, false, ['verify']);
    const point = new Uint8Array(await webcrypto.subtle.exportKey('raw', own.publicKey)).subarray(1);
    const secure = { keys: { own: own.privateKey, host } };

    describeFaceScanner('realsense-id in a secure session', () =>
      realsenseRig(memoryCable, secure, pairedKeys(pem, point)),
    );

    test('a module with other keys than the paired ones is not used', async () => {
      const stranger = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
      const keys = { own: stranger.privateKey, host };
      await using rig = await realsenseRig(memoryCable, { keys }, pairedKeys(pem, point));
      expect(await rig.scanner.judge(500, signal)).toMatchObject({ kind: 'not-run' });
      expect(rig.scanner.fault).toMatchObject({ code: 'SCANNER_UNSAFE' });
    });

    test('a module that wants a secure session refuses a plain one, and is not used', async () => {
      await using rig = await realsenseRig(memoryCable, secure, null);
      expect(await rig.scanner.judge(1_500, signal)).toMatchObject({ kind: 'not-run' });
      expect(rig.scanner.fault).toMatchObject({ code: 'SCANNER_PROTOCOL' });
    });
  });
});
