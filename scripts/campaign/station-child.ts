/**
 * The station of a campaign, one process for each day: journal, uplink, desk, models, face comparison and pages are the real ones,
 * with the settings of its data folder and nothing of the demonstration; only cards, faces and cables are simulated, and the
 * parent moves those. Started, and killed, by `npm run campaign`.
 */
import { openSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { loadSettings } from '../../src/config/load-settings.ts';
import { createLog } from '../../src/observe/log.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { demoFaces } from '../../src/station/people.ts';
import { startStation } from '../../src/station/station.ts';
import { clockOf } from './clock-of.ts';
import type { ChildOptions, ChildWord, JournalFacts, WorldCommand } from './station-words.ts';

const options = JSON.parse(process.argv[2] ?? '') as ChildOptions;
const say = (word: ChildWord) => process.send?.(word);
const logFile = openSync(options.logFile, 'a', 0o600);
/** Written at once: what a buffer holds would die with the process. */
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    writeSync(logFile, chunk);
    done();
  },
});
const station = await startStation(
  {
    dataDir: options.dataDir,
    settings: loadSettings(options.dataDir).settings,
    isDemo: false,
    kioskPort: 0,
    slotIndex: 0,
    brokerPort: 0,
    clock: clockOf(options.clockOffsetMs),
    log: createLog('debug', sink as never),
    onFinished: () => undefined,
    onSent: () => undefined,
    onRestart: () => undefined,
  },
  new AbortController().signal,
);
const { world, journal } = station;
if (!world?.slot) throw new Error('no simulated world: is a real reader plugged in?');
// Pictures of attacks have no card.
const faces = demoFaces(MODELS_DIR).filter(({ id }) => id.startsWith('person-'));
const faceId = (index: number) => faces[index % faces.length]?.id ?? '';

function facts(): JournalFacts {
  const { events, pending, unsettled } = journal.counts();
  const ids = journal.list(0, events).map(({ id, type }) => ({ id, type }));
  return { whole: journal.verify().whole, events, pending, unsettled, ids };
}

async function perform(command: WorldCommand): Promise<unknown> {
  switch (command.do) {
    case 'insert':
      return await world?.insertHolderCard(command.card, faceId(command.face), command.isWireSpeed);
    case 'pull':
      return await world?.pullCard();
    case 'face':
      return world?.showFace(command.face === null ? null : faceId(command.face));
    case 'plug-camera':
      return world?.plugCamera(command.isPlugged);
    case 'journal':
      return facts();
    case 'stop':
      return await station.stop();
  }
}

process.on('message', ({ id, command }: { readonly id: number; readonly command: WorldCommand }) => {
  perform(command).then(
    (result) => {
      say({ kind: 'done', id, result });
      if (command.do === 'stop') process.disconnect();
    },
    (error: unknown) => say({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) }),
  );
});
// Whoever started it has gone, or it was told to stop.
process.on('disconnect', () => void station.stop().finally(() => process.exit(0)));
say({ kind: 'ready', port: station.port ?? 0, reader: world.slot.kind, why: world.slot.why });
