import { EventEmitter } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecording } from '../../../../../tests/fixtures/hid/recordings.ts';
import { tempFolder } from '../../../../../tests/fixtures/temp.ts';
import { HidPosScanner } from './hid-pos-scanner.ts';
import { loadNodeHid, type NodeHid, type NodeHidInfo } from './node-hid.ts';
import { accessFault, NodeHidTransport } from './node-hid-transport.ts';

const recording = readRecording('common-layout');
const never = () => new AbortController().signal;

/** Behaves as node-hid does: one reading per device, the unplug as a string, no `close` event. */
class FakeDevice extends EventEmitter {
  isClosed = false;
  constructor() {
    super();
    this.on('newListener', (event) => {
      if (event !== 'data') return;
      if (this.listenerCount('data') > 0) throw new TypeError('read is already running');
      process.nextTick(() => {
        if (this.isClosed) throw new TypeError('device has been closed');
      });
    });
  }
  async close(): Promise<void> {
    this.isClosed = true;
  }
}

/** A machine with one hidraw device: its node, its place in /sys, and the package that opens it. */
function machine(change: { info?: Partial<NodeHidInfo>; open?: () => Promise<FakeDevice> } = {}) {
  const folder = tempFolder();
  const path = join(folder.path, 'hidraw3');
  const sysfs = join(folder.path, 'class');
  mkdirSync(join(sysfs, 'hidraw3', 'device'), { recursive: true });
  writeFileSync(join(sysfs, 'hidraw3', 'device', 'report_descriptor'), recording.descriptor);
  writeFileSync(path, '');
  const opened: FakeDevice[] = [];
  const info: NodeHidInfo = { path, product: 'Test 2D\u001b[2J Scanner', usagePage: 0x8c, usage: 2, ...change.info };
  const hid: NodeHid = {
    devicesAsync: async () => [{ path: '/dev/hidraw0', usagePage: 1, usage: 6 }, info],
    HIDAsync: {
      open: async () => {
        const device = change.open ? await change.open() : new FakeDevice();
        opened.push(device);
        return device;
      },
    },
  };
  const transport = (wanted: string | null) => new NodeHidTransport({ hid, path: wanted, sysfs });
  return { folder, path, sysfs, opened, transport, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test('the scanner is found by its usage, and its descriptor where the kernel keeps it', async () => {
  using it = machine();
  const connection = await it.transport(null).open(never());
  expect(Buffer.from(connection.descriptor).equals(recording.descriptor)).toBe(true);
  expect(connection.name).toBe(`Test 2D2J Scanner (${it.path})`);
});

test('a path that a rule has made is followed to the kernel’s own name', async () => {
  using it = machine({ info: { usage: 9 } });
  const link = join(it.folder.path, 'thuengban-scanner');
  symlinkSync(it.path, link);
  expect((await it.transport(link).open(never())).name).toContain('hidraw3');
});

test.each<{ name: string; wanted: string | null; change: Parameters<typeof machine>[0]; code: string }>([
  { name: 'no scanner among the devices', wanted: null, change: { info: { usage: 1 } }, code: 'CODE_SCANNER_MISSING' },
  { name: 'a path where nothing is', wanted: '/dev/not-there', change: {}, code: 'CODE_SCANNER_MISSING' },
  {
    name: 'a device that went away',
    wanted: null,
    change: { info: { path: '/dev/hidraw-gone' } },
    code: 'CODE_SCANNER_MISSING',
  },
  {
    name: 'a device that cannot be opened',
    wanted: null,
    change: { open: () => Promise.reject(new Error('cannot open device')) },
    code: 'CODE_SCANNER_MISSING',
  },
  {
    name: 'a device that another program holds',
    wanted: null,
    change: { open: () => Promise.reject(new Error('cannot open device: Device or resource busy')) },
    code: 'CODE_SCANNER_BUSY',
  },
])('$name is $code', async ({ wanted, change, code }) => {
  using it = machine(change);
  await expect(it.transport(wanted).open(never())).rejects.toMatchObject({ code });
});

test.each([
  ['EACCES', 'CODE_SCANNER_DENIED'],
  ['EPERM', 'CODE_SCANNER_DENIED'],
  ['ENOENT', 'CODE_SCANNER_MISSING'],
])('a device node that answers %s is %s', (code, fault) => {
  const cause = Object.assign(new Error(code), { code });
  expect(accessFault(cause, '/dev/hidraw3')).toMatchObject({ code: fault, part: '/dev/hidraw3', cause });
});

test('an abort while it opens ends the wait, and what opens too late is closed', async () => {
  const late = Promise.withResolvers<FakeDevice>();
  const asked = Promise.withResolvers<void>();
  using it = machine({
    open: () => {
      asked.resolve();
      return late.promise;
    },
  });
  const stop = new AbortController();
  const opening = it.transport(null).open(stop.signal);
  await asked.promise;
  stop.abort(new Error('enough'));
  await expect(opening).rejects.toThrow('enough');
  late.resolve(new FakeDevice());
  await expect.poll(() => it.opened[0]?.isClosed, { interval: 2 }).toBe(true);
});

test('the driver over it: codes, the unplug as a string, and the same device again', async () => {
  using it = machine();
  await using scanner = new HidPosScanner({ transport: it.transport(null), firstPauseMs: 1, longestPauseMs: 10 });
  await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
  const codes = scanner.codes(never())[Symbol.asyncIterator]();
  for (const [n, scan] of recording.scans.slice(0, 3).entries()) {
    const next = codes.next();
    for (const report of scan.reports) it.opened.at(-1)?.emit('data', Buffer.from(report));
    expect((await next).value?.text).toBe(scan.text);
    const device = it.opened.at(-1);
    device?.emit('error', 'could not read data from device');
    await expect.poll(() => it.opened.length, { interval: 2 }).toBe(n + 2);
    await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
    expect(device?.isClosed).toBe(true);
    // Complaints of a device that was given up are nobody's, and must not end the program.
    device?.emit('error', 'could not read data from device');
    device?.emit('data', Buffer.from(scan.reports[0] ?? []));
  }
  expect(scanner.fault).toBeUndefined();
});

test('closed at the very moment its reading begins, nothing is thrown where nobody catches', async () => {
  using it = machine();
  const connection = await it.transport(null).open(never());
  connection.listen({ report: () => undefined, lost: () => undefined });
  await connection.close();
  expect(it.opened[0]?.isClosed).toBe(true);
});

test('the native package loads and lists devices, where it is installed', async ({ skip }) => {
  let hid: NodeHid;
  try {
    hid = loadNodeHid();
  } catch (error) {
    expect(error).toMatchObject({ code: 'CODE_SCANNER_PACKAGE_MISSING' });
    return skip('node-hid is not installed or its libraries (libudev1, libusb-1.0-0) are missing');
  }
  expect(Array.isArray(await hid.devicesAsync())).toBe(true);
  const transport = new NodeHidTransport({ hid, path: '/dev/hidraw-not-there', sysfs: '/sys/class/hidraw' });
  await expect(transport.open(never())).rejects.toMatchObject({ code: 'CODE_SCANNER_MISSING' });
});
