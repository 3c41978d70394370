import { settingsSchema } from '../../src/config/settings.ts';
import { buildFirmware } from '../../src/peripherals/signals/drivers/emulated/firmware.ts';
import { RunningPanel } from '../../src/peripherals/signals/drivers/emulated/running-panel.ts';
import { openCamera, openFaceScanner, openSignals } from '../../src/station/registry.ts';
import { simulateScanner } from '../../src/station/simulate/simulate-scanner.ts';
import { type Recovery, recovery, until } from './timing.ts';

const settings = settingsSchema.parse({});

/** Opened as the station opens it, with its own pauses. */
export async function measureScannerUnplug(model: 'fm225' | 'realsense-id', times: number): Promise<Recovery> {
  const { signal } = new AbortController();
  await using simulator = await simulateScanner(model, { link: undefined, tell: () => undefined }, signal);
  const { faceScanner } = settingsSchema.parse(simulator.settings);
  await using scanner = await openFaceScanner(faceScanner);
  if (!scanner) throw new Error('no scanner');
  await until(`${model} ready`, () => scanner.fault === undefined);
  return await recovery(`${model}: cable pulled, plugged in again at once`, times, async () => {
    const brokenAt = performance.now();
    await simulator.words['unplug']?.run('');
    const toldAt = await until('told', () => scanner.fault !== undefined);
    await simulator.words['plug']?.run('');
    const mendedAt = performance.now();
    return { brokenAt, toldAt, mendedAt, readyAt: await until('ready', () => scanner.fault === undefined) };
  });
}

export async function measureCamera(fault: 'crash' | 'stall', times: number): Promise<Recovery> {
  const { camera, scene } = await openCamera(
    { ...settings, camera: { ...settings.camera, driver: 'simulated' } },
    true,
  );
  await using owned = camera;
  const stop = new AbortController();
  let frames = 0;
  const reading = (async () => {
    for await (const _frame of owned.frames(stop.signal)) frames += 1;
  })();
  await until('frames', () => frames > 5);
  const name = fault === 'crash' ? 'camera process killed' : `camera silent (limit ${settings.camera.stallLimitMs} ms)`;
  const result = await recovery(`${name}, to the next frame`, times, async () => {
    const brokenAt = performance.now();
    scene?.setFault(fault);
    const toldAt = await until('told', () => owned.state.kind === 'faulty');
    scene?.setFault('none');
    const seen = frames;
    const readyAt = await until('a frame', () => frames > seen);
    await until('a steady stream', () => frames > seen + 5);
    return { brokenAt, toldAt, mendedAt: toldAt, readyAt };
  });
  stop.abort();
  await reading;
  return result;
}

/** Each time a link of its own: one that breaks again within seconds is tried more and more seldom. */
export async function measurePanelUnplug(times: number): Promise<Recovery> {
  await using panel = await RunningPanel.start(buildFirmware(), null);
  return await recovery('panel: cable pulled, plugged in again at once', times, async () => {
    await using signals = await openSignals({ ...settings.signals, driver: 'johnny-five', port: panel.path }, null);
    if (!signals) throw new Error('no panel');
    await until('panel connected', () => signals.link === 'connected');
    const brokenAt = performance.now();
    await panel.unplug();
    const toldAt = await until('told', () => signals.link === 'lost');
    await panel.plugIn();
    const mendedAt = performance.now();
    return { brokenAt, toldAt, mendedAt, readyAt: await until('connected', () => signals.link === 'connected') };
  });
}
