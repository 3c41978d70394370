import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openStationKeys } from '../../src/identity/station-keys.ts';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { Fm225Simulator } from '../../src/peripherals/face-scanner/drivers/simulated/fm225-simulator.ts';
import { openPtyPair } from '../../src/peripherals/serial/drivers/pty/pty-pair.ts';
import { openSerialPort } from '../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { journalKeys } from '../../src/station/journal-keys.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
const hasModels = existsSync(join(MODELS_DIR, 'fr_detect.onnx'));
const { signal } = new AbortController();

/** Nothing is plugged in and nothing is wanted: what a test does not provoke must not answer in its place. */
const QUIET = { signals: { driver: 'none' }, badge: { driver: 'none' } };
const CAMERA = { driver: 'v4l2', source: '/dev/null' };
const LINE = { baudRate: 115_200, lines: null };

interface Station {
  readonly data: string;
  /** Programs in here come before the system's. */
  readonly bin: string;
  [Symbol.dispose](): void;
}

function station(): Station {
  const folder = tempFolder();
  const [data, bin] = [join(folder.path, 'data'), join(folder.path, 'bin')];
  for (const path of [data, bin]) mkdirSync(path);
  return { data, bin, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** What doctor says: the code of each part that is not ready. */
async function doctor({ data, bin }: Station, settings: object, env: NodeJS.ProcessEnv = {}) {
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  const path = `${bin}${delimiter}${process.env['PATH']}`;
  const { stdout } = await thuengban(['doctor', '--data', data, '--json'], { PATH: path, ...env });
  const { parts } = JSON.parse(stdout) as { parts: { part: string; fault: { code: string } | null }[] };
  return Object.fromEntries(parts.map(({ part, fault }) => [part, fault?.code ?? 'ready']));
}

/** Puts a camera program of these words before the system's own. */
function fakeProgram({ bin }: Station, name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

describe('doctor tells faults apart', () => {
  test('of the card reader: no service', async () => {
    using here = station();
    const env = { PCSCLITE_CSOCK_NAME: join(here.data, 'no-such-socket') };
    expect(await doctor(here, {}, env)).toMatchObject({ 'card-reader': 'PCSC_SERVICE_DOWN' });
  });

  test.each([
    { fault: 'CAMERA_MISSING', script: 'echo "/dev/video9: No such device" >&2' },
    { fault: 'CAMERA_BUSY', script: 'echo "ioctl: Device or resource busy" >&2; exit 1' },
    { fault: 'CAMERA_CRASHED', script: 'kill -SEGV $$' },
    { fault: 'CAMERA_STALLED', script: 'exec sleep 30' },
  ])('of the camera: $fault', async ({ fault, script }) => {
    using here = station();
    fakeProgram(here, 'ffmpeg', script);
    expect(await doctor(here, { camera: CAMERA })).toMatchObject({ camera: fault });
  });

  test('of the camera: its program is not installed', async () => {
    using here = station();
    const node = join(MODELS_DIR, '../node_modules/node/bin');
    // Only what the launcher itself needs.
    for (const name of ['env', 'sh', 'bash', 'dirname', 'readlink', 'mkdir', 'id', 'uname', 'cat'])
      fakeProgram(here, name, `exec /usr/bin/${name} "$@"`);
    const path = `${here.bin}${delimiter}${node}`;
    expect(await doctor(here, { camera: CAMERA }, { PATH: path })).toMatchObject({ camera: 'CAMERA_PROGRAM_MISSING' });
  });

  test('of the panel and the code scanner: not plugged in', async () => {
    using here = station();
    const settings = { signals: { driver: 'johnny-five' }, badge: { driver: 'hid-pos' } };
    expect(await doctor(here, settings)).toMatchObject({
      signals: 'PANEL_MISSING',
      'code-scanner': expect.stringMatching(/^CODE_SCANNER_(MISSING|PACKAGE_MISSING)$/),
    });
  });

  test('of the face scanner: none found, or no device at the path', async () => {
    using here = station();
    expect(await doctor(here, { faceScanner: { driver: 'realsense-id' } })).toMatchObject({
      'face-scanner': 'SCANNER_MISSING',
    });
    const faceScanner = { driver: 'fm225', path: '/dev/serial/by-id/not-there', lens: 'FM225' };
    expect(await doctor(here, { faceScanner })).toMatchObject({ 'face-scanner': 'SERIAL_MISSING' });
  });

  test.skipIf(!hasSocat)('of serial devices: another program holds the port', async () => {
    using here = station();
    await using pair = await openPtyPair(signal);
    await using _held = await openSerialPort(pair.host, LINE, signal);
    const settings = {
      faceScanner: { driver: 'fm225', path: pair.host },
      signals: { driver: 'johnny-five', port: pair.host },
    };
    expect(await doctor(here, settings)).toMatchObject({ 'face-scanner': 'SERIAL_BUSY', signals: 'PANEL_BUSY' });
  });

  test.skipIf(!hasSocat)('of serial devices: nobody answers', async () => {
    using here = station();
    await using scanner = await openPtyPair(signal);
    await using panel = await openPtyPair(signal);
    const settings = {
      faceScanner: { driver: 'fm225', path: scanner.host },
      signals: { driver: 'johnny-five', port: panel.host },
    };
    expect(await doctor(here, settings)).toMatchObject({ 'face-scanner': 'SCANNER_SILENT', signals: 'PANEL_LOST' });
  });

  test.skipIf(!hasSocat)('of the face scanner: a module that keeps templates; a module that is well', async () => {
    using here = station();
    await using pair = await openPtyPair(signal);
    await using link = await openSerialPort(pair.device, LINE, signal);
    const faceScanner = { driver: 'fm225', path: pair.host };
    const module = { serial: 'FM22500012345678', baudRate: null, faultFor: () => undefined, unplug: () => undefined };
    const unsafe = new Fm225Simulator(link, { ...module, users: 3, keepsUsers: true });
    expect(await doctor(here, { faceScanner })).toMatchObject({ 'face-scanner': 'SCANNER_UNSAFE' });
    unsafe.close();
    const well = new Fm225Simulator(link, { ...module, users: 0, keepsUsers: false });
    expect(await doctor(here, { faceScanner })).toMatchObject({ 'face-scanner': 'ready' });
    well.close();
  });

  test.skipIf(!hasModels)('of the models: no manifest, a model missing, a model that is another', async () => {
    using here = station();
    const modelsDir = join(here.data, 'models');
    const face = () => doctor(here, { face: { modelsDir } });
    mkdirSync(modelsDir);
    expect(await face()).toMatchObject({ face: 'MANIFEST_INVALID' });
    cpSync(MODELS_DIR, modelsDir, { recursive: true });
    rmSync(join(modelsDir, 'fr_detect.onnx'));
    expect(await face()).toMatchObject({ face: 'MODEL_MISSING' });
    cpSync(join(MODELS_DIR, 'fr_detect.onnx'), join(modelsDir, 'fr_detect.onnx'));
    truncateSync(join(modelsDir, 'fr_feature.onnx'), 1_000_000);
    expect(await face()).toMatchObject({ face: 'MODEL_CHECKSUM' });
  });

  test('of the store: little room, no room, a changed event', async () => {
    using here = station();
    const most = Number.MAX_SAFE_INTEGER;
    expect(await doctor(here, { journal: { warnFreeBytes: most } })).toMatchObject({ disk: 'DISK_LOW' });
    expect(await doctor(here, { journal: { minFreeBytes: most, warnFreeBytes: most } })).toMatchObject({
      disk: 'DISK_FULL',
    });
    const keys = openStationKeys({ dir: here.data, station: 'st-demo', isDemo: false });
    await using journal = new KeptJournal({
      dataDir: here.data,
      station: 'st-demo',
      clock: fixedClock(),
      keys: journalKeys(keys),
      config: { maxBytes: 10_000_000, ballastBytes: 0 },
      onSetAside: () => undefined,
    });
    for (const nonce of ['1', '2', '3'])
      await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce } });
    expect(await doctor(here, {})).toMatchObject({ journal: 'ready', identity: 'TRUST_MISSING' });
    using database = new DatabaseSync(join(here.data, 'journal', 'journal.sqlite'));
    for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER "${name}"`);
    database.exec("UPDATE event SET time = '2026-11-22T03:00:00.000Z' WHERE seq = 2");
    expect(await doctor(here, {})).toMatchObject({ journal: 'JOURNAL_CORRUPT' });
  });

  test('of the broker: nobody there, or not let in', async () => {
    using here = station();
    expect(await doctor(here, { uplink: { url: 'mqtt://127.0.0.1:9' } })).toMatchObject({
      uplink: 'BROKER_UNREACHABLE',
    });
    // CONNACK of MQTT 5 with reason 0x87, not authorized.
    const broker = createServer((socket) =>
      socket.once('data', () => socket.write(Uint8Array.of(0x20, 3, 0, 0x87, 0))),
    );
    broker.listen(0, '127.0.0.1');
    await once(broker, 'listening');
    const { port } = broker.address() as AddressInfo;
    expect(await doctor(here, { uplink: { url: `mqtt://127.0.0.1:${port}` } })).toMatchObject({
      uplink: 'BROKER_REFUSED',
    });
    broker.close();
  });

  test('of the settings: a file that is broken', async () => {
    using here = station();
    await doctor(here, {});
    expect(await doctor(here, { camera: { driver: 'polaroid' } })).toMatchObject({ settings: 'CONFIG_INVALID' });
  });
});
