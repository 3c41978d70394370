import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import type { Settings } from '../config/settings.ts';
import { isTpmFound } from '../identity/file-key-store.ts';
import { openStationKeys } from '../identity/station-keys.ts';
import type { PartStatus } from '../kiosk/protocol.ts';
import { asFault, StationFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { orAbort, pause } from '../shared/wait.ts';
import { asideJournals } from './aside-journals.ts';
import { checkCardReader, checkSecondCardReader } from './check-card-reader.ts';
import { BUILT_AT, systemClock } from './clock.ts';
import { diskState } from './disk.ts';
import { openToRead } from './journal-tools.ts';
import { openDialler } from './link-registry.ts';
import { type Check, faultWords, type PartChange, type PartName, stateOfFault } from './parts.ts';
import { journalPath, MODELS_DIR } from './paths.ts';
import { openCamera, openCodeScanner, openFaceEngine, openFaceScanner, openSignals } from './registry.ts';
import { RULES_PATH, UDEV_PATH, udevFault } from './udev-rules.ts';

export interface Finding extends PartStatus {
  /** What was found out, in technical words. */
  readonly detail: string;
}

const CHECK_LIMIT_MS = 15_000;
const BROKER_LIMIT_MS = 5_000;
/** Enough for a device to be found and opened. */
const SCANNER_LIMIT_MS = 1_000;
const FIRST_FRAME_LIMIT_MS = 5_000;
const PANEL_LIMIT_MS = 10_000;
const PANEL_LOOK_MS = 50;

/** Examines every part for real: asks pcscd for readers, takes a frame, loads the models, walks the journal, dials the broker. */
export async function examine(dataDir: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const found: { settings?: Settings } = {};
  const first = await examinePart('settings', checkSettings(dataDir, found), signal);
  const settings = found.settings;
  if (!settings) return [first];
  const checks: [PartName, Check][] = [
    ['card-reader', checkCardReader(settings.card)],
    ['camera', checkCamera(settings)],
    ['signals', checkSignals(settings)],
    ['code-scanner', checkCodeScanner(settings)],
    ['face', checkFace(settings)],
    ['journal', checkJournal(dataDir)],
    ['identity', checkIdentity(dataDir, settings)],
    ['disk', async () => ({ ...diskState(dataDir, settings.journal), detail: 'room for results' })],
    ['clock', checkClock(settings)],
    ['uplink', checkBroker(settings)],
    ['udev', checkUdev(settings)],
  ];
  if (settings.faceScanner.driver !== 'off') checks.splice(2, 0, ['face-scanner', checkScanner(settings)]);
  const second = settings.card.secondReader;
  if (second !== null) checks.splice(1, 0, ['second-card-reader', checkSecondCardReader(second, settings.card)]);
  return [first, ...(await Promise.all(checks.map(([part, check]) => examinePart(part, check, signal))))];
}

async function examinePart(part: PartName, check: Check, signal: AbortSignal): Promise<Finding> {
  const since = new Date().toISOString();
  const status = (change: PartChange, detail: string): Finding => ({
    part,
    state: change.state,
    since,
    name: change.name,
    fault: change.code === null ? null : faultWords(change.code),
    detail,
  });
  try {
    const { detail, ...change } = await check(AbortSignal.any([signal, AbortSignal.timeout(CHECK_LIMIT_MS)]));
    return status(change, detail);
  } catch (error) {
    signal.throwIfAborted();
    const fault = asFault(error, 'INTERNAL', part);
    return status({ state: stateOfFault(fault.code), name: fault.part, code: fault.code }, fault.message);
  }
}

const ready = (name: string, detail: string) => ({ state: 'ready', name, code: null, detail }) as const;
const degraded = (name: string, code: FaultCode, detail: string) =>
  ({ state: 'degraded', name, code, detail }) as const;

function checkSettings(dataDir: string, found: { settings?: Settings }): Check {
  return async () => {
    const { settings, path, fallback } = loadSettings(dataDir);
    found.settings = settings;
    if (fallback !== null) return degraded(path, 'CONFIG_INVALID', fallback);
    return ready(path, existsSync(path) ? 'valid' : 'no file: defaults');
  };
}

function checkCamera(settings: Settings): Check {
  return async (signal) => {
    const { camera, isOtherLens } = await openCamera(settings, false);
    await using _owned = camera;
    const fault = Promise.withResolvers<never>();
    camera.onState((state) => {
      if (state.kind === 'faulty') fault.reject(new StationFault(state.code, camera.name, state.detail));
    });
    fault.promise.catch(() => undefined);
    const startedAt = performance.now();
    const firstFrame = async () => {
      for await (const frame of camera.frames(AbortSignal.any([signal, AbortSignal.timeout(FIRST_FRAME_LIMIT_MS)])))
        return frame;
      throw new StationFault('CAMERA_STALLED', camera.name, `no frame within ${FIRST_FRAME_LIMIT_MS} ms`);
    };
    const frame = await Promise.race([firstFrame(), fault.promise]);
    const ms = Math.round(performance.now() - startedAt);
    const detail = `first frame after ${ms} ms, ${frame.jpeg.length} bytes`;
    return isOtherLens ? degraded(camera.name, 'SCANNER_OTHER_LENS', detail) : ready(camera.name, detail);
  };
}

function checkScanner(settings: Settings): Check {
  return async (signal) => {
    await using scanner = await openFaceScanner(settings.faceScanner);
    if (!scanner) return ready('off', 'no module is named');
    const found = Promise.withResolvers<void>();
    scanner.onChange(() => (scanner.fault ? found.reject(scanner.fault) : found.resolve()));
    await orAbort(found.promise, signal);
    return ready(scanner.name, [scanner.info?.model, scanner.info?.firmware, scanner.info?.serial].join(' '));
  };
}

function checkSignals(settings: Settings): Check {
  return async (signal) => {
    const { driver, port } = settings.signals;
    const signals = await openSignals(settings.signals, null);
    if (signals === null) return ready('none', 'no panel is wanted (signals.driver)');
    await using panel = signals;
    const startedAt = performance.now();
    const elapsedMs = () => Math.round(performance.now() - startedAt);
    while (panel.link === 'lost' && panel.fault?.code !== 'PANEL_MISSING' && elapsedMs() < PANEL_LIMIT_MS)
      await pause(PANEL_LOOK_MS, signal);
    if (panel.link === 'connected') return ready(panel.name, `firmware answered after ${elapsedMs()} ms`);
    if (panel.fault?.code === 'PANEL_MISSING' && driver === 'auto' && port === null)
      return ready('none', 'no panel is plugged in; the screen is enough');
    throw panel.fault ?? new StationFault('PANEL_LOST', panel.name, `not connected within ${PANEL_LIMIT_MS} ms`);
  };
}

function checkCodeScanner(settings: Settings): Check {
  return async (signal) => {
    await using scanner = await openCodeScanner(settings.badge);
    if (scanner === null) return ready('none', 'switched off (badge.driver)');
    const isReady = await until(() => scanner.fault === undefined, SCANNER_LIMIT_MS, signal);
    if (isReady) return ready(scanner.name, 'HID-POS, its report descriptor is understood');
    const fault = scanner.fault;
    if (fault?.code !== 'CODE_SCANNER_MISSING' || settings.badge.driver !== 'auto')
      throw fault ?? new StationFault('CODE_SCANNER_MISSING', scanner.name, 'it comes and goes');
    return ready('none', 'no HID-POS scanner is plugged in; the station works without');
  };
}

/** Looks until it is so, `limitMs` are over or `signal` aborts; @returns whether it is so */
async function until(isSo: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  while (!isSo() && !limit.aborted) await pause(50, limit);
  return isSo();
}

function checkFace(settings: Settings): Check {
  return async (signal) => {
    const { modelsDir, guidanceSize } = settings.face;
    const options = { modelsDir: modelsDir ?? MODELS_DIR, processes: 1, guidanceSize, manyFaces: 'refuse' } as const;
    await using face = await openFaceEngine(options, signal);
    const { match, review, attack } = face.thresholds;
    return ready(face.models.join(' '), `match ≥ ${match}, review ≥ ${review}, bona fide ≥ ${attack}`);
  };
}

function checkJournal(dataDir: string): Check {
  return async () => {
    const path = journalPath(dataDir);
    if (!existsSync(path)) return ready(path, 'not begun yet');
    await using journal = await openToRead(dataDir);
    const report = journal.verify();
    if (!report.whole)
      throw new StationFault('JOURNAL_CORRUPT', path, `first bad event: ${report.firstBadSeq} (${report.reason})`);
    const { pending, unsettled } = journal.counts();
    const said = `${report.events} events, chain whole, ${pending} unsent, ${unsettled} not acknowledged`;
    const [aside] = asideJournals(dataDir);
    return aside === undefined ? ready(path, said) : degraded(path, 'JOURNAL_SET_ASIDE', `${said}; look at ${aside}`);
  };
}

function checkIdentity(dataDir: string, { station }: Settings): Check {
  return async () => {
    const { signer, trust, trustFault } = openStationKeys({ dir: dataDir, station: station.id, isDemo: false });
    if (trustFault) throw trustFault;
    const tpm = isTpmFound() ? '; a TPM is there, and not used yet' : '';
    return ready(`${dataDir}/keys`, `signs as ${signer.kid}, seals to ${trust?.sealing.kid}${tpm}`);
  };
}

function checkClock(settings: Settings): Check {
  return async () => {
    const clock = systemClock(settings.station.clock);
    const now = clock.now();
    if (now < BUILT_AT)
      return degraded('system clock', 'CLOCK_UNSYNCED', `${now.toISOString()} is before this version was made`);
    if (clock.state === 'unsynced') return degraded('system clock', 'CLOCK_UNSYNCED', 'no time service has set it');
    return ready('system clock', now.toISOString());
  };
}

function checkUdev({ station }: Settings): Check {
  return async () => {
    const code = udevFault(station.sockets);
    if (code) return degraded(RULES_PATH, code, 'devices may change their names, or be closed to the station');
    return ready(RULES_PATH, existsSync(UDEV_PATH) ? 'as the settings ask' : 'no udev runs here');
  };
}

function checkBroker(settings: Settings): Check {
  return async (signal) => {
    const { url } = settings.uplink;
    if (url === null) return ready('offline', 'no broker is set: results are kept here (uplink.url)');
    // Another client id: the station's own connection must not be thrown off by a look at it.
    const clock = systemClock(settings.station.clock);
    const dialler = await openDialler(settings, url, `${settings.station.id}-doctor`, clock);
    const session = await dialler.connect(
      { subscribe: [], will: null },
      AbortSignal.any([signal, AbortSignal.timeout(BROKER_LIMIT_MS)]),
    );
    await session.close(1_000);
    return ready(dialler.address, 'answered');
  };
}
