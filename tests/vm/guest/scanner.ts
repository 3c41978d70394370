/** A HID-POS scanner made with /dev/uhid: the kernel gives it a hidraw node, and the station's own driver finds and reads it. */
import { openSync, writeSync } from 'node:fs';
import { openCodeScanner } from '../../../src/station/registry.ts';
import { type HidRecording, readRecording } from '../../fixtures/hid/recordings.ts';
import { loadModule, soon, tell, until } from './report.ts';

/** `struct uhid_event` of linux/uhid.h: a type, then the largest of its payloads. */
const EVENT = { destroy: 1, create2: 11, input2: 12 } as const;
const EVENT_BYTES = 4 + 128 + 64 + 64 + 2 + 2 + 4 + 4 + 4 + 4 + 4096;
const BUS_USB = 3;

/** One device on the desk of the kernel; closing it is left to the end of the process. */
class UhidDevice {
  readonly #file = openSync('/dev/uhid', 'r+');

  plugIn({ descriptor }: HidRecording): void {
    this.#send(EVENT.create2, (payload) => {
      payload.write('Thuengban test scanner');
      payload.writeUInt16LE(descriptor.length, 256);
      payload.writeUInt16LE(BUS_USB, 258);
      payload.set(descriptor, 276);
    });
  }

  unplug(): void {
    this.#send(EVENT.destroy, () => undefined);
  }

  report(bytes: Uint8Array): void {
    this.#send(EVENT.input2, (payload) => {
      payload.writeUInt16LE(bytes.length, 0);
      payload.set(bytes, 2);
    });
  }

  #send(type: number, fill: (payload: Buffer) => void): void {
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(type);
    fill(event.subarray(4));
    writeSync(this.#file, event);
  }
}

loadModule('hid-generic');
loadModule('uhid');
await using scanner = await openCodeScanner({ driver: 'hid-pos', path: null });
if (scanner === null) throw new Error('no scanner was opened');
const codes = scanner.codes(soon())[Symbol.asyncIterator]();
const device = new UhidDevice();
await until('the driver has looked in vain', () => scanner.fault?.message.includes('usage page 8C') ?? false);
tell('absent', { code: scanner.fault?.code });

for (const name of ['common-layout', 'length-16', 'common-layout'] as const) {
  const recording = readRecording(name);
  device.plugIn(recording);
  await until('the scanner is found', () => scanner.fault === undefined);
  tell('found', { name: scanner.name });
  for (const { what, text, reports } of recording.scans) {
    for (const bytes of reports) device.report(bytes);
    const read = (await codes.next()).value;
    tell('scanned', { layout: name, what, parts: reports.length, isRight: read?.text === text });
  }
  device.unplug();
  await until('the unplug is told', () => scanner.fault !== undefined);
  tell('lost', { code: scanner.fault?.code });
}
