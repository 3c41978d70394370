/** A face-scanner module on a USB cable: the simulator on the gadget's end, the station's driver on the host's. */
import { existsSync, writeFileSync } from 'node:fs';
import { faceScannerConfig } from '../../../src/peripherals/face-scanner/config.ts';
import { demoFm225 } from '../../../src/peripherals/face-scanner/drivers/simulated/fm225-simulator.ts';
import { openSerialPort } from '../../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { openFaceScanner } from '../../../src/station/registry.ts';
import { loadModule, soon, tell, until } from './report.ts';

const HOST_END = '/dev/ttyACM0';
const MODULE_END = '/dev/ttyGS0';
const PLUG = '/sys/class/udc/dummy_udc.0/soft_connect';
const ROUNDS = 5;
const JUDGE_LIMIT_MS = 30_000;

loadModule('dummy_hcd');
loadModule('cdc-acm');
await until('the USB controller is there', () => existsSync(PLUG));
loadModule('usb_f_acm');
loadModule('g_serial');
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
  writeFileSync(PLUG, 'disconnect');
  await until('the unplug is told', () => scanner.fault?.code === 'SERIAL_MISSING');
  await until('the device is gone', () => !existsSync(HOST_END));
  tell('unplugged', { round, code: scanner.fault?.code, judgement: (await judging)?.kind ?? null });
  await takeModuleAway();
  writeFileSync(PLUG, 'connect');
  await until('the device is back', () => existsSync(HOST_END));
  takeModuleAway = await powerModule();
}
await until('the module is ready at the end', () => scanner.fault === undefined);
tell('well', { kind: (await scanner.judge(JUDGE_LIMIT_MS, soon())).kind });
await takeModuleAway();
