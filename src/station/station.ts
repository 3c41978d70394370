import type { Settings } from '../config/settings.ts';
import type { Journal } from '../journal/port.ts';
import { startKiosk } from '../kiosk/server.ts';
import type { Log } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import type { Clock } from '../shared/clock.ts';
import { asFault } from '../shared/fault.ts';
import { systemClock } from './clock.ts';
import { startCodeScanner } from './code-scanner.ts';
import { openDevices, tellReaders } from './devices.ts';
import { diskState } from './disk.ts';
import { type OpenedField, openField } from './field.ts';
import { watchOfficerCards } from './officer-cards.ts';
import { openFace, withKnownLight } from './open-face.ts';
import { OwnLightStore } from './own-light.ts';
import { followPanel } from './panel.ts';
import { PartBoard } from './parts.ts';
import { UI_DIR } from './paths.ts';
import { startPreview } from './preview.ts';
import { openSignals } from './registry.ts';
import { RingLight } from './ring-light.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import { startUplink } from './start-uplink.ts';
import { StationHost } from './station-host.ts';
import { openStationJournal } from './station-journal.ts';
import { VERSION } from './version.ts';
import { type FinishedVisit, VisitRecorder } from './visit-recorder.ts';
import { VisitRunner } from './visit-runner.ts';
import { watchReader } from './watch-reader.ts';

export interface StationOptions {
  readonly dataDir: string;
  readonly settings: Settings;
  /** Simulators stand in for hardware that is not found, and a local broker for a missing address. */
  readonly isDemo: boolean;
  /** `null` = no screens: a visit is played from the command line. */
  readonly kioskPort: number | null;
  /** Which slot of the virtual reader is ours. */
  readonly slotIndex: 0 | 1;
  readonly brokerPort: number;
  /** Another clock than the machine's, for a station that is played on other days; `null` = the machine's. */
  readonly clock: Clock | null;
  readonly log: Log;
  readonly onFinished: (finished: FinishedVisit) => void;
  /** Told when the broker took an event. */
  readonly onSent: (eventId: string) => void;
  /** The server wants the station started anew; told between two visits. */
  readonly onRestart: () => void;
}

export interface Station {
  /** Port of the kiosk, or `null`. */
  readonly port: number | null;
  /** Broker address, or `null` when the station keeps everything to itself. */
  readonly brokerUrl: string | null;
  readonly runner: VisitRunner;
  readonly host: StationHost;
  readonly journal: Journal;
  readonly world: SimulatedWorld | null;
  /** Finishes what is being recorded, says goodbye, stops every child process. */
  stop(): Promise<void>;
}

const TICK_MS = 1_000;

/** Builds the whole station and starts it. What cannot be had is told on the part board; only the journal and the port must be. */
export async function startStation(options: StationOptions, signal: AbortSignal): Promise<Station> {
  const { settings, log, dataDir } = options;
  const clock = options.clock ?? systemClock(options.isDemo ? 'trusted' : settings.station.clock);
  const metrics = createMetrics();
  const stack = new AsyncDisposableStack();
  const over = new AbortController();
  stack.defer(() => over.abort());
  const live = AbortSignal.any([signal, over.signal]);

  const board = new PartBoard(() => clock.now());
  board.onChange((part, status) => {
    metrics.partReady.set({ part }, status.state === 'ready' ? 1 : 0);
    log.info('part-changed', { part, state: status.state, device: status.name, code: status.fault?.code });
    host.changed();
  });
  let world: SimulatedWorld | null = null;
  let counts = { pending: 0, oldestPendingAt: null as string | null };
  const host: StationHost = new StationHost({
    station: settings.station.id,
    version: VERSION,
    widthMm: settings.kiosk.widthMm,
    isDemo: options.isDemo,
    defaultLanguage: settings.station.language,
    desk: () => fieldwork,
    dignityLeftS: () => runner.dignityLeftS,
    receipt: ({ visitId }) => fieldwork.receipt(visitId),
    explained: () => void fieldwork.desk.explained(),
    aids: {
      ...{ audio: settings.kiosk.audio, switches: settings.kiosk.switches, switchPaceMs: settings.kiosk.switchPaceMs },
      mayStandIn: options.isDemo,
    },
    answerMs: settings.visit.answerMs,
    board,
    visit: () => runner.visit,
    visitFault: () => runner.lastFault,
    unsent: () => ({
      count: counts.pending,
      oldestAgeS:
        counts.oldestPendingAt === null
          ? 0
          : Math.round((clock.now().getTime() - Date.parse(counts.oldestPendingAt)) / 1000),
    }),
    world: () => world,
    dispatch: (event) => runner.dispatch(event),
    metrics: () => metrics.text(),
    log,
  });

  let runner: VisitRunner;
  let fieldwork: OpenedField;
  try {
    const store = stack.use(await openStationJournal({ dataDir, settings, isDemo: options.isDemo, clock, board, log }));
    const { journal, keys } = store;
    const [devices, face] = await Promise.all([
      openDevices(
        { settings, isDemo: options.isDemo, slotIndex: options.slotIndex, board, onChange: () => host.changed() },
        live,
      ),
      openFace(settings, board, log, live),
    ]);
    stack.use(devices);
    if (face) stack.use(face);
    world = devices.world;
    const onText = (text: string) => void fieldwork.scanned(text);
    const codeScanner = stack.use(await startCodeScanner({ settings, board, log, onText }, live));
    const preview = await startPreview(
      () => runner.visit,
      (jpeg) => host.preview(jpeg),
    );
    const signals = await openSignals(settings.signals, devices.scene);
    if (signals) stack.use(signals);
    const ring = signals && new RingLight(signals);
    const recorder = new VisitRecorder({
      settings,
      log,
      metrics,
      events: store.events,
      field: () => fieldwork.field,
      language: () => host.language,
      onFinished: (finished) => {
        host.remember(finished);
        options.onFinished(finished);
      },
    });
    fieldwork = stack.use(
      await openField(
        {
          ...{ dataDir, settings, clock, store, recorder, board, log, isDemo: options.isDemo },
          camera: devices.camera,
          runner: () => runner,
          onChange: () => host.changed(),
        },
        live,
      ),
    );
    runner = new VisitRunner({
      camera: devices.camera,
      face,
      scanner: devices.scanner,
      // A demo's faces come from photographs by many cameras: there is no light to get used to.
      light: options.isDemo || settings.face.ownLight === 'off' ? null : new OwnLightStore(dataDir),
      ring,
      recorder,
      field: fieldwork.field,
      clock,
      settings: devices.scene ? withKnownLight(settings) : settings,
      timeFloor: store.timeFloor,
      pseudonymOf: fieldwork.subjectOf,
      log,
      metrics,
      onChange: (visit) => {
        if (visit.phase === 'idle') host.visitEnded();
        host.changed();
      },
      onFrame: preview,
    });
    const uplink = await startUplink(
      {
        ...{ settings, dataDir, journal, board, log, metrics, clock },
        isDemo: options.isDemo,
        brokerPort: options.brokerPort,
        // Until the station has a trust file nothing that a server says is believed.
        keys: keys.trust?.keys ?? (() => undefined),
        timeFloor: store.timeFloor,
        isIdle: () => runner.visit.phase === 'idle',
        onVisitChange: (listener) => host.onChange(listener),
        restart: options.onRestart,
        onOrders: () => fieldwork.lookForOrders(),
        onSent: (eventId) => {
          metrics.sent.inc();
          host.published(eventId);
          options.onSent(eventId);
        },
      },
      live,
    );
    stack.use(uplink);

    const tick = () => {
      const { pending, oldestPendingAt, unsettled } = journal.counts();
      counts = { pending, oldestPendingAt };
      metrics.unsettled.set(unsettled);
      store.look();
      board.set('disk', diskState(dataDir, settings.journal));
      const isSynced = clock.state === 'synced';
      board.set('clock', {
        state: isSynced ? 'ready' : 'degraded',
        name: 'system clock',
        code: isSynced ? null : 'CLOCK_UNSYNCED',
      });
      fieldwork.look();
      codeScanner.look();
      tellReaders(devices, board);
    };
    tick();
    const ticking = setInterval(tick, TICK_MS);
    stack.defer(() => clearInterval(ticking));
    stack.defer(journal.onAppend(tick));

    const watching = watchReader(
      devices.reader,
      {
        event: (event) => {
          if (event.kind === 'card-removed') runner.dispatch({ kind: 'card-removed' });
          else if (host.mayBegin()) runner.cardInserted(devices.reader, event.atr);
        },
        changed: tick,
      },
      live,
    );
    const { secondReader } = devices;
    const watchingSecond = secondReader
      ? watchOfficerCards(
          { reader: secondReader, limits: settings.card, onNumber: fieldwork.cardShown, onChange: tick, log },
          live,
        )
      : undefined;
    stack.defer(async () => {
      over.abort();
      await Promise.all([watching, watchingSecond]);
      await runner.stop();
    });

    if (signals && ring) {
      const following = followPanel(
        {
          signals,
          ring,
          isExpected: settings.signals.driver !== 'auto' || settings.signals.port !== null,
          ringLevel: settings.signals.ringLevel,
          screen: () => host.screen().screen,
          monotonicMs: () => clock.monotonicMs(),
          onScreen: (listener) => host.onChange(listener),
          dispatch: (event) => runner.dispatch(event),
          record: (type, data) => void store.events.write(type, data, undefined, null),
          board,
          log,
        },
        live,
      );
      stack.defer(async () => {
        over.abort();
        await following;
      });
    }

    let port: number | null = null;
    if (options.kioskPort !== null) {
      const kiosk = await startKiosk(host, {
        port: options.kioskPort,
        uiDir: UI_DIR,
        log: (event, { error, ...fields }) => {
          const failure = error === undefined ? {} : { failure: asFault(error, 'INTERNAL', 'kiosk').message };
          log.info('kiosk', { detail: event, ...(fields as Record<string, string | number>), ...failure });
        },
      });
      stack.defer(() => kiosk.close());
      port = kiosk.port;
    }
    const owned = stack.move();
    return { port, brokerUrl: uplink.url, runner, host, journal, world, stop: () => owned.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
