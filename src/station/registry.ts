import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { FaceEngine } from '../face/port.ts';
import type { PairFiles } from '../face/score-pairs.ts';
import type { CodeScanner } from '../peripherals/badge/port.ts';
import type { MjpegSource } from '../peripherals/camera/drivers/mjpeg/source.ts';
import { FallbackCamera } from '../peripherals/camera/fallback-camera.ts';
import type { Mounting } from '../peripherals/camera/orientation.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import { findSerialReader } from '../peripherals/card/find-serial-reader.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { recordingSchema } from '../peripherals/card/recording.ts';
import { pickPort } from '../peripherals/face-scanner/fingerprints.ts';
import type { ModuleKind } from '../peripherals/face-scanner/module.ts';
import type { FaceScanner } from '../peripherals/face-scanner/port.ts';
import { SupervisedScanner } from '../peripherals/face-scanner/supervised-scanner.ts';
import type { SerialLink } from '../peripherals/serial/port.ts';
import type { Signals } from '../peripherals/signals/port.ts';
import { StationFault } from '../shared/fault.ts';
import { type SceneControl, sceneControl } from './scene-control.ts';

export type { HolderCard } from '../peripherals/card/drivers/simulated/holder-card.ts';

/**
 * The one file that knows the drivers; each is loaded only when it is chosen, so that a missing optional package
 * stops nothing but the driver that needs it.
 */

/** A reader away for longer than this, ms, is told. */
const READER_LOST_AFTER_MS = 3_000;

/** @param options `manyFaces`: `refuse` before the camera, where one person stands; `take-main` for files */
export async function openFaceEngine(
  options: {
    readonly modelsDir: string;
    readonly processes: number;
    readonly guidanceSize: number;
    readonly manyFaces: 'refuse' | 'take-main';
  },
  signal: AbortSignal,
): Promise<FaceEngine> {
  const { openOnnxFaceEngine } = await import('../face/drivers/onnx/engine.ts');
  return openOnnxFaceEngine(options, signal);
}

export async function chipPhotoProtocol(): Promise<(image: Uint8Array) => Promise<Uint8Array>> {
  const { toChipPhoto } = await import('../face/drivers/onnx/chip-photo.ts');
  return toChipPhoto;
}

/** @throws StationFault `USAGE` when the pairs file cannot be read */
export async function openPairFiles(pairs: string, out: string): Promise<PairFiles> {
  const files = await import('../face/drivers/pair-files.ts');
  return files.openPairFiles(pairs, out);
}

/** The card reader that the settings name. It need not be there yet: it is looked for until it is. */
export async function openCardReader(card: Settings['card']): Promise<CardReader> {
  if (card.driver === 'serial') return await openSerialReader(card.serial);
  if (card.driver === 'replay') return await openReplayReader(card.recording ?? '');
  return await openPcscReader({ ...card, except: card.secondReader, virtualOnly: card.driver === 'simulated' });
}

/** The representative's card reader, `null` when the settings name none. */
export async function openSecondCardReader(card: Settings['card']): Promise<CardReader | null> {
  return card.secondReader === null ? null : await openNamedReader(card.secondReader, card);
}

/** @param name part of a PC/SC reader's name, or the path of a serial device */
export async function openNamedReader(name: string, card: Settings['card']): Promise<CardReader> {
  if (isSerialReader(name)) return await openSerialReader({ ...card.serial, path: name });
  return await openPcscReader({ ...card, reader: name, except: null, virtualOnly: card.driver === 'simulated' });
}

/** Readers are named by part of their PC/SC name, or by the path of a serial device. */
export function isSerialReader(name: string): boolean {
  return name.startsWith('/');
}

export async function openPcscReader(options: {
  readonly backend: Settings['card']['backend'];
  /** Part of a reader's name, or `null` for the first one. */
  readonly reader: string | null;
  /** Part of the name of a reader that is somebody else's, or `null`. */
  readonly except: string | null;
  readonly virtualOnly: boolean;
}): Promise<CardReader> {
  const { PcscReader } = await import('../peripherals/card/drivers/pcsc/pcsc-reader.ts');
  const { backend, reader, except, virtualOnly } = options;
  return new PcscReader({
    backend,
    readerName: reader ?? undefined,
    except: except !== null && isSerialReader(except) ? undefined : (except ?? undefined),
    virtualOnly,
    lostAfterMs: READER_LOST_AFTER_MS,
  });
}

async function openSerialReader({ path, baudRate, slot }: Settings['card']['serial']): Promise<CardReader> {
  const { SerialCcidReader } = await import('../peripherals/card/drivers/serial-ccid/serial-ccid-reader.ts');
  const { CCID_TIMING } = await import('../peripherals/card/drivers/serial-ccid/ccid-line.ts');
  const { openSerialPort } = await import('../peripherals/serial/drivers/serialport/serialport-link.ts');
  const { BY_ID, serialNames } = await import('../peripherals/serial/drivers/serialport/discover.ts');
  return new SerialCcidReader({
    name: path ?? 'serial reader',
    openLink: async (signal) => {
      const found = path ?? join(BY_ID, findSerialReader(serialNames(BY_ID)));
      return await openSerialPort(found, { baudRate, lines: null }, signal);
    },
    slot,
    pollMs: 400,
    lostAfterMs: READER_LOST_AFTER_MS,
    retryMs: { first: 100, longest: 2_000 },
    timing: CCID_TIMING,
  });
}

/** @throws StationFault `CONFIG_INVALID` when the file is no recording */
async function openReplayReader(path: string): Promise<CardReader> {
  const { ReplayReader } = await import('../peripherals/card/drivers/replay/replay-reader.ts');
  try {
    return new ReplayReader(recordingSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    throw new StationFault('CONFIG_INVALID', path, 'card.recording is no recording of a card', { cause: error });
  }
}

export async function listPcscReaders(
  backend: Settings['card']['backend'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { listReaders } = await import('../peripherals/card/drivers/pcsc/list-readers.ts');
  return listReaders(backend, signal);
}

export interface OpenedCamera {
  readonly camera: Camera;
  /** `null` when it is no simulator. */
  readonly scene: SceneControl | null;
  /** A module's lens is named, and this camera is another: a swap between the two could not be seen. */
  readonly isOtherLens: boolean;
}

/**
 * The camera that the settings name. `auto` takes the face scanner's own lens, then a CSI camera, then the first USB camera;
 * where there is none it is the simulator if `mayBeSimulated`, else a USB camera that is still to be plugged in.
 */
export async function openCamera(
  { camera: config, faceScanner }: Pick<Settings, 'camera' | 'faceScanner'>,
  mayBeSimulated: boolean,
): Promise<OpenedCamera> {
  const { findUsbCamera, hasCsiCamera } = await import('../peripherals/camera/drivers/mjpeg/discover.ts');
  const { MjpegCamera } = await import('../peripherals/camera/drivers/mjpeg/mjpeg-camera.ts');
  const { recordedSource, rpicamSource, v4l2Source } = await import('../peripherals/camera/drivers/mjpeg/sources.ts');
  const { SimulatedCameraSource } = await import('../peripherals/camera/drivers/mjpeg/simulated.ts');
  const { startLimitMs, stallLimitMs } = config;
  const open = (source: MjpegSource, turn: Mounting) =>
    new MjpegCamera({ source, turn, startLimitMs, stallLimitMs, restartDelayMs: 300 });
  const realSource = (driver: 'v4l2' | 'rpicam' | 'recorded', path: string | null) => {
    if (driver === 'rpicam') return rpicamSource(config);
    return driver === 'recorded' ? recordedSource(path ?? '', config) : v4l2Source(path ?? '/dev/video0', config);
  };
  const lens = faceScanner.driver === 'off' ? null : faceScanner.lens;
  const own = lens === null ? undefined : findUsbCamera(lens);
  const usb = config.source ?? own ?? findUsbCamera();
  const found =
    own === undefined && hasCsiCamera() ? 'rpicam' : usb === undefined && mayBeSimulated ? 'simulated' : 'v4l2';
  const driver = config.driver === 'auto' ? found : config.driver;
  if (driver === 'simulated') {
    const source = new SimulatedCameraSource(config);
    const scene = sceneControl((change) => source.set(change));
    return { camera: open(source, config.turn), scene, isOtherLens: lens !== null };
  }
  const isOtherLens = lens !== null && (driver !== 'v4l2' || usb?.includes(lens) !== true);
  const first = open(realSource(driver, driver === 'v4l2' ? (usb ?? null) : config.source), config.turn);
  const { fallback } = config;
  if (fallback === null) return { camera: first, scene: null, isOtherLens };
  const second = open(realSource(fallback.driver, fallback.source), fallback.turn);
  return { camera: new FallbackCamera(first, second), scene: null, isOtherLens };
}

/** The face-scanner module that the settings name, `null` for none. It need not be there yet: it is looked for until it is. */
export async function openFaceScanner(config: Settings['faceScanner']): Promise<FaceScanner | null> {
  const { driver, path, powerDownAfterMs } = config;
  if (driver === 'off') return null;
  const retryMs = { first: 1_000, longest: 30_000 };
  const open = (name: string, kind: ModuleKind, openLink: (signal: AbortSignal) => Promise<SerialLink>) =>
    new SupervisedScanner({ name, kind, openLink, powerDownAfterMs, retryMs });
  if (driver === 'simulated') {
    const { MemoryLine } = await import('../peripherals/serial/drivers/memory/memory-link.ts');
    const { demoFm225 } = await import('../peripherals/face-scanner/drivers/simulated/fm225-simulator.ts');
    const line = new MemoryLine();
    demoFm225(line.device);
    return open('simulated face scanner', await scannerKind('fm225', config), async () => line.open());
  }
  const { openSerialPort } = await import('../peripherals/serial/drivers/serialport/serialport-link.ts');
  const { BY_ID, serialNames } = await import('../peripherals/serial/drivers/serialport/discover.ts');
  const kind = await scannerKind(driver, config);
  const { baudRate } = kind;
  return open(driver, kind, async (signal) => {
    const found = path ?? join(BY_ID, pickPort(serialNames(BY_ID), driver));
    return await openSerialPort(found, { baudRate, lines: null }, signal);
  });
}

async function scannerKind(model: 'fm225' | 'realsense-id', config: Settings['faceScanner']): Promise<ModuleKind> {
  const { picture, secure } = config;
  if (model === 'fm225') {
    const { fm225 } = await import('../peripherals/face-scanner/drivers/fm225/fm225-module.ts');
    return fm225({ picture, replyLimitMs: 3_000 });
  }
  const { realsenseId } = await import('../peripherals/face-scanner/drivers/realsense-id/realsense-module.ts');
  const { pairedKeys } = await import('../peripherals/face-scanner/drivers/realsense-id/secure-keys.ts');
  const keys = secure && pairedKeys(readFileSync(secure.hostKeyFile, 'utf8'), Buffer.from(secure.deviceKey, 'hex'));
  return realsenseId({ picture, keys, replyLimitMs: 4_000 });
}

/**
 * The panel that the settings name, or `null` where none is to be looked for; it connects by itself. `auto` takes a simulated one
 * when `scene` is to be lit and no real one is plugged in.
 * @param scene that a simulated ring light shines on, or `null`
 */
export async function openSignals(config: Settings['signals'], scene: SceneControl | null): Promise<Signals | null> {
  if (config.driver === 'none') return null;
  const { findPanelPort } = await import('../peripherals/signals/drivers/johnny-five/discover.ts');
  const isDark = config.driver === 'auto' && scene !== null && config.port === null && findPanelPort() === undefined;
  if (config.driver === 'simulated' || isDark) {
    const { SimulatedSignals } = await import('../peripherals/signals/drivers/simulated/simulated-signals.ts');
    return new SimulatedSignals((level) => scene?.shine(level));
  }
  const { JohnnyFiveSignals, PANEL_LIMITS } = await import(
    '../peripherals/signals/drivers/johnny-five/johnny-five-signals.ts'
  );
  return new JohnnyFiveSignals({ findPort: () => config.port ?? findPanelPort(), limits: PANEL_LIMITS });
}

/**
 * The code scanner that the settings name, or `null` for none. It looks for its device by itself.
 * @throws StationFault `CODE_SCANNER_PACKAGE_MISSING`
 */
export async function openCodeScanner(config: Settings['badge']): Promise<CodeScanner | null> {
  if (config.driver === 'none') return null;
  const { HidPosScanner } = await import('../peripherals/badge/drivers/hid-pos/hid-pos-scanner.ts');
  const pauses = { firstPauseMs: 250, longestPauseMs: 4_000 };
  if (config.driver === 'simulated') {
    const { ReportPlayer } = await import('../peripherals/badge/drivers/simulated/report-player.ts');
    const { SCAN_PROFILES } = await import('../peripherals/badge/drivers/simulated/scan-profiles.ts');
    return new HidPosScanner({ transport: new ReportPlayer(SCAN_PROFILES.common), ...pauses });
  }
  const { loadNodeHid } = await import('../peripherals/badge/drivers/hid-pos/node-hid.ts');
  const { NodeHidTransport } = await import('../peripherals/badge/drivers/hid-pos/node-hid-transport.ts');
  const hid = loadNodeHid();
  const transport = new NodeHidTransport({ hid, path: config.path, sysfs: '/sys/class/hidraw' });
  return new HidPosScanner({ transport, ...pauses });
}

export async function previewMaker(): Promise<(jpeg: Uint8Array) => Promise<Uint8Array | undefined>> {
  const { mirroredPreview } = await import('../peripherals/camera/drivers/mjpeg/preview.ts');
  return mirroredPreview;
}

/** A virtual card slot: in pcscd's virtual reader where that can run, else inside this process. */
export async function virtualCards() {
  const { VirtualCard } = await import('../peripherals/card/drivers/simulated/virtual-card.ts');
  const { citizenNumberOf, makePerson, PEOPLE } = await import('../peripherals/card/drivers/simulated/fixtures.ts');
  const { holderNumber, makeHolderCard } = await import('../peripherals/card/drivers/simulated/holder-card.ts');
  const { insertVirtualCard } = await import('../peripherals/card/drivers/simulated/vpcd-client.ts');
  const { SimulatedCardReader } = await import('../peripherals/card/drivers/simulated/simulated-reader.ts');
  const { startVirtualPcscd } = await import('../peripherals/card/drivers/simulated/pcscd.ts');
  return {
    VirtualCard,
    makePerson,
    citizenNumberOf,
    makeHolderCard,
    holderNumber,
    PEOPLE,
    insertVirtualCard,
    SimulatedCardReader,
    startVirtualPcscd,
  };
}
