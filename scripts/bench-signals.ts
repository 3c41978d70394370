/**
 * `npm run bench:signals [-- --json] [-- --rounds N]`: how long a press takes to become an event, and a call to become an
 * edge on a pin. The panel's own firmware in an emulator that lives in slices of a millisecond, behind a pseudo-terminal;
 * serialport, firmata-io and johnny-five as in the station.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildFirmware } from '../src/peripherals/signals/drivers/emulated/firmware.ts';
import { RunningPanel } from '../src/peripherals/signals/drivers/emulated/running-panel.ts';
import { JohnnyFiveSignals, PANEL_LIMITS } from '../src/peripherals/signals/drivers/johnny-five/johnny-five-signals.ts';
import { BUTTON_PINS, LAMP_PINS } from '../src/peripherals/signals/drivers/johnny-five/pins.ts';
import { panelMissing } from '../tests/fixtures/panel/panel-missing.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);

function spread(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q: number) => Math.round((sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

async function bench() {
  if (panelMissing) throw new Error(`the panel's firmware cannot be run: ${panelMissing}`);
  await using panel = await RunningPanel.start(buildFirmware(), null);
  const openedAt = performance.now();
  await using signals = new JohnnyFiveSignals({ findPort: () => panel.path, limits: PANEL_LIMITS });
  const stop = new AbortController();
  const events = signals.events(stop.signal)[Symbol.asyncIterator]();
  const next = async (kind: string) => {
    for (;;) {
      const { value } = await events.next();
      if (value?.kind === kind) return value;
    }
  };
  const untilLink = async (link: 'connected' | 'lost') => {
    for (let event = await next('link-changed'); event.link !== link; ) event = await next('link-changed');
  };
  await untilLink('connected');
  const readyMs = Math.round(performance.now() - openedAt);

  const press: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const startedAt = performance.now();
    panel.emulator.connect(BUTTON_PINS['call-staff'], 'low');
    await next('button-pressed');
    press.push(performance.now() - startedAt);
    panel.emulator.connect(BUTTON_PINS['call-staff'], 'open');
    // Let the release be debounced, each time a little later against the firmware's clock.
    const releasedAt = panel.emulator.ms;
    await panel.until('released', ({ ms }) => ms > releasedAt + 30 + (i % 7) / 7);
  }

  const call: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const edge = Promise.withResolvers<number>();
    panel.emulator.onEdge = ({ pin }) => {
      if (pin === LAMP_PINS.white) edge.resolve(performance.now());
    };
    const startedAt = performance.now();
    signals.show(i % 2 === 0 ? 'go-on' : 'off');
    call.push((await edge.promise) - startedAt);
    const shownAt = panel.emulator.ms;
    await panel.until('shown', ({ ms }) => ms > shownAt + 10 + (i % 7) / 7);
  }
  const lost: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < 5; i++) {
    const startedAt = performance.now();
    await panel.unplug();
    await untilLink('lost');
    lost.push(performance.now() - startedAt);
    await panel.plugIn();
    const pluggedAt = performance.now();
    await untilLink('connected');
    back.push(performance.now() - pluggedAt);
  }
  stop.abort();
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`,
    rounds,
    readyMs,
    pressToEventMs: spread(press),
    callToPinMs: spread(call),
    unplugToLostMs: spread(lost),
    pluggedToConnectedMs: spread(back),
  };
}

process.stdout.write(`${JSON.stringify(await bench(), null, values.json ? 0 : 2)}\n`);
