import { loadSettings } from '../config/load-settings.ts';
import { createLog } from '../observe/log.ts';
import { dataDirOf } from '../station/paths.ts';
import { startStation } from '../station/station.ts';
import { type Command, type CommandInput, DATA_OPTION, type Output } from './command.ts';

const DEMO_BROKER_PORT = 1883;

export const stationCommand: Command = {
  name: 'station',
  usage: 'station [--demo] [--data DIR] [--port N]',
  options: {
    demo: {
      type: 'boolean',
      help: 'Simulate the hardware that is not found, with a panel to play visits and a local broker',
    },
    port: { type: 'string', value: 'N', help: 'Port of the kiosk on 127.0.0.1 (default: kiosk.port, 8080)' },
    data: DATA_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    // The server may have the station started anew between two visits, to put settings into force.
    while (await runOnce(input, output)) if (input.signal.aborted) break;
    return 0;
  },
};

/** @returns true when the server wants it started again */
async function runOnce(input: CommandInput, output: Output): Promise<boolean> {
  const startedAt = performance.now();
  const dataDir = dataDirOf(input.text('data'));
  const { settings, path, fallback } = loadSettings(dataDir);
  const log = createLog(settings.observe.level);
  if (fallback !== null) log.warn('settings-fallback', { path, detail: fallback });
  const isDemo = input.flag('demo');
  const { promise: ended, resolve: end } = Promise.withResolvers<boolean>();
  const station = await startStation(
    {
      dataDir,
      settings,
      isDemo,
      kioskPort: input.whole('port', settings.kiosk.port, 0, 65_535),
      slotIndex: 0,
      brokerPort: DEMO_BROKER_PORT,
      clock: null,
      log,
      onFinished: () => undefined,
      onSent: () => undefined,
      onRestart: () => end(true),
    },
    input.signal,
  );
  const startMs = Math.round(performance.now() - startedAt);
  log.info('station-started', { port: station.port, startMs, demo: isDemo });
  output.note(`Kiosk:   http://127.0.0.1:${station.port}${isDemo ? '  (kiosk and simulator panel)' : ''}`);
  output.note(`Staff:   http://127.0.0.1:${station.port}/operator`);
  output.note(
    station.brokerUrl === null
      ? 'Broker:  none; results are kept and wait'
      : `Broker:  ${station.brokerUrl}   watch: mosquitto_sub -p ${new URL(station.brokerUrl).port || 1883} -t 'thuengban/#' -v`,
  );
  output.note(`Ready in ${startMs} ms. Ctrl-C stops it.`);
  if (input.signal.aborted) end(false);
  input.signal.addEventListener('abort', () => end(false), { once: true });
  const isAgain = await ended;
  log.info('station-stopping', {});
  await station.stop();
  return isAgain;
}
