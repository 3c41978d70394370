/** A face-scanner module on a USB cable: the simulator on the gadget's end, the station's driver on the host's. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { faceScannerConfig } from '../../../src/peripherals/face-scanner/config.ts';
import { demoFm225 } from '../../../src/peripherals/face-scanner/drivers/simulated/fm225-simulator.ts';
import { openSerialPort } from '../../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { openFaceScanner } from '../../../src/station/registry.ts';
import { loadModule, soon, tell, until } from './report.ts';

const HOST_END = '/dev/ttyACM0';
const MODULE_END = '/dev/ttyGS0';
const ROUNDS = 5;
const JUDGE_LIMIT_MS = 30_000;

/** A USB device with one serial function (CDC ACM), by the kernel's gadget tree in configfs. */
class UsbSerialDevice {
  readonly #folder = '/sys/kernel/config/usb_gadget/module';

  constructor() {
    const [functions, settings] = [`${this.#folder}/functions/acm.0`, `${this.#folder}/configs/c.1`];
    for (const folder of [this.#folder, functions, settings]) mkdirSync(folder);
    writeFileSync(`${this.#folder}/idVendor`, '0x1d6b');
    writeFileSync(`${this.#folder}/idProduct`, '0x0104');
    symlinkSync(functions, `${settings}/acm.0`);
  }

  plugIn(): void {
    writeFileSync(`${this.#folder}/UDC`, 'dummy_udc.0');
  }

  unplug(): void {
    writeFileSync(`${this.#folder}/UDC`, '\n');
  }
}

for (const name of ['dummy_hcd', 'cdc-acm', 'libcomposite', 'usb_f_acm']) loadModule(name);
execFileSync('busybox', ['mount', '-t', 'configfs', 'config', '/sys/kernel/config']);
const usb = new UsbSerialDevice();
usb.plugIn();
await until('both ends are there', () => existsSync(HOST_END) && existsSync(MODULE_END));

const config = faceScannerConfig.parse({ driver: 'fm225', path: HOST_END });
await using scanner = await openFaceScanner(config);
if (scanner === null) throw new Error('no scanner was opened');

/** Somebody plugs the cable in at the module: a fresh module on its end of it. */
async function powerModule() {
  const link = await openSerialPort(MODULE_END, { baudRate: 115_200, lines: null }, soon());
  const simulator = demoFm225(link);
  return async () => {
    simulator.close();
    await link[Symbol.asyncDispose]();
  };
}

let takeModuleAway = await powerModule();
for (let round = 1; round <= ROUNDS; round++) {
  await until('the module is ready', () => scanner.fault === undefined);
  const verdict = await scanner.judge(JUDGE_LIMIT_MS, soon());
  tell('judged', { round, kind: verdict.kind, model: scanner.info?.model });
  // In every second round the cable is pulled in the middle of a judgement.
  const judging = round % 2 === 0 ? scanner.judge(JUDGE_LIMIT_MS, soon()) : undefined;
  usb.unplug();
  await until('the unplug is told', () => scanner.fault?.code === 'SERIAL_MISSING');
  await until('the device is gone', () => !existsSync(HOST_END));
  tell('unplugged', { round, code: scanner.fault?.code, judgement: (await judging)?.kind ?? null });
  await takeModuleAway();
  usb.plugIn();
  await until('the device is back', () => existsSync(HOST_END));
  takeModuleAway = await powerModule();
}
await until('the module is ready at the end', () => scanner.fault === undefined);
tell('well', { kind: (await scanner.judge(JUDGE_LIMIT_MS, soon())).kind });
await takeModuleAway();
