/**
 * A station without camera and card: journal, keys and uplink are the real ones. It writes events as fast as it is told and says
 * of each, on standard output and only after it is on the disk, that it is kept: what a screen would have shown as saved.
 * Started, and killed, by `npm run chaos`.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openStationKeys } from '../../src/identity/station-keys.ts';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { publishConfig } from '../../src/publish/config.ts';
import { mqttDialler } from '../../src/publish/drivers/mqtt/mqtt-dialler.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { StationFault } from '../../src/shared/fault.ts';
import { systemClock } from '../../src/station/clock.ts';
import { openLinkMemory } from '../../src/station/link-memory-file.ts';
import type { ChaosStation } from './stations.ts';

const options = JSON.parse(process.argv[2] ?? '') as ChaosStation;
const { station, dataDir } = options;
const over = new AbortController();
process.on('SIGTERM', () => over.abort());

const real = systemClock('trusted');
const clock: Clock = {
  now: () => new Date(real.now().getTime() + options.clockOffsetMs),
  monotonicMs: real.monotonicMs,
  bootId: real.bootId,
  state: options.clockOffsetMs === 0 ? 'synced' : 'unsynced',
  setAt: real.setAt,
};
/** Written at once: a line in a buffer would die with the process, and with it the proof that the event was confirmed. */
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

const { trust, programmeKey: _, ...keys } = openStationKeys({ dir: dataDir, station, isDemo: false });
if (!trust) throw new Error('no trust file');
const journal = new KeptJournal({
  dataDir,
  station,
  clock,
  keys: { ...keys, sealing: trust.sealing, server: trust.keys },
  config: { maxBytes: options.maxBytes, ballastBytes: 1_000_000 },
  onSetAside: (reason) => tell({ aside: reason }),
});
const config = publishConfig.parse({ ...options.uplink, url: options.url });
const uplink = runUplink(
  {
    station,
    bootId: randomUUID(),
    journal,
    dialler: mqttDialler({ url: options.url, clientId: station, config, nowMs: Date.now, clock: () => clock.state }),
    config,
    keys: trust.keys,
    nowMs: () => clock.now().getTime(),
    memory: openLinkMemory(join(dataDir)),
    control: { restart: () => undefined, configure: () => ({ kind: 'in-force' }) },
    watch: {
      state: () => undefined,
      sent: (_event, _reason, isAgain) => isAgain && tell({ again: true }),
      refused: (kind, { code }) => tell({ refused: `${kind} ${code}` }),
      quarantined: (seq, code) => tell({ quarantined: seq, code }),
      tooLarge: () => undefined,
      ingest: () => undefined,
      command: () => undefined,
      taken: () => undefined,
    },
    random: Math.random,
    info: () => ({
      version: 'chaos',
      at: new Date().toISOString(),
      clock: { state: clock.state },
      outbox: journal.counts(),
      parts: [],
    }),
    onInfoChange: () => () => undefined,
    health: async () => ({}),
  },
  over.signal,
);
tell({ ready: journal.epoch });

while (!over.signal.aborted) {
  const open = journal.counts().unsettled;
  tell({ open });
  if (options.eventMs === null) await setTimeout(100, undefined, { signal: over.signal }).catch(() => undefined);
  else {
    try {
      const { epoch, seq, id, hash, type } = await journal.append({
        type: 'th.thuengban.visit.abandoned.v1',
        data: { visitId: randomUUID(), fault: null },
      });
      tell({ kept: { epoch, seq, id, hash, type } });
    } catch (error) {
      if (!(error instanceof StationFault)) throw error;
      tell({ fault: error.code });
    }
    await setTimeout(options.eventMs, undefined, { signal: over.signal }).catch(() => undefined);
  }
}
await uplink;
await journal[Symbol.asyncDispose]();
