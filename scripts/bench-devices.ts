/**
 * `npm run bench:devices [-- --json] [-- --rounds N] [-- --times N]`: how long the read of each
 * generation of cards and a face-scanner module's verdict take, and how long each part needs to be ready again after a fault, each provoked N times. Drivers as the station opens them, with its own
 * limits and pauses, on simulators and services of its own. It kills pcscd: run it where no other one is in use.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCamera, measurePanelUnplug, measureScannerUnplug } from './bench-devices/devices.ts';
import { measureReads } from './bench-devices/reads.ts';
import { measureBroker, measureCard } from './bench-devices/services.ts';
import { measureVerdicts } from './bench-devices/verdicts.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '100' },
    times: { type: 'string', default: '10' },
  },
});
const times = Number(values.times);

const reads = await measureReads(Math.min(times, 3));
const verdicts = await measureVerdicts(Number(values.rounds));
const recoveries = [
  await measureScannerUnplug('fm225', times),
  await measureScannerUnplug('realsense-id', times),
  await measureCamera('crash', times),
  await measureCamera('stall', times),
  ...(await measureCard(times)),
  await measureBroker(times),
  await measurePanelUnplug(times),
];
const report = { machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`, times, reads, verdicts, recoveries };
process.stdout.write(`${JSON.stringify(report, null, values.json ? 0 : 2)}\n`);
