import type { Settings } from '../config/settings.ts';
import type { FaceEngine } from '../face/port.ts';
import type { PairFiles } from '../face/score-pairs.ts';
import type { Journal } from '../journal/port.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import type { BrokerDialler } from '../publish/port.ts';
import type { Clock } from '../shared/clock.ts';

/**
 * The one file that knows the drivers; each is loaded only when it is chosen, so that a missing optional package
 * stops nothing but the driver that needs it.
 */

export async function openJournal(path: string, station: string, clock: Clock, minFreeBytes: number): Promise<Journal> {
  const { SqliteJournal } = await import('../journal/drivers/sqlite/sqlite-journal.ts');
  return new SqliteJournal({ path, station, clock, minFreeBytes });
}

/** Opens an existing journal to look at; creates and changes nothing. */
export async function openJournalToRead(path: string, clock: Clock): Promise<Journal> {
  const { SqliteJournal } = await import('../journal/drivers/sqlite/sqlite-journal.ts');
  return new SqliteJournal({ path, station: '', clock, minFreeBytes: 0, isReadOnly: true });
}

/** @param options `manyFaces`: `refuse` before the camera, where one person stands; `take-main` for files */
export async function openFaceEngine(
  options: {
    readonly modelsDir: string;
    readonly workers: number;
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

export async function openPcscReader(options: {
  readonly backend: Settings['card']['backend'];
  /** Part of a reader's name, or `null` for the first one. */
  readonly reader: string | null;
  readonly virtualOnly: boolean;
}): Promise<CardReader> {
  const { PcscReader } = await import('../peripherals/card/drivers/pcsc/pcsc-reader.ts');
  const { backend, reader, virtualOnly } = options;
  return new PcscReader({ backend, readerName: reader ?? undefined, virtualOnly, lostAfterMs: 3_000 });
}

export async function listPcscReaders(
  backend: Settings['card']['backend'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { listReaders } = await import('../peripherals/card/drivers/pcsc/list-readers.ts');
  return listReaders(backend, signal);
}

export interface SceneControl {
  show(folder: string | null): void;
  setFault(fault: 'none' | 'stall' | 'unplug' | 'busy' | 'crash'): void;
}

/**
 * The camera that the settings name. `auto` takes a CSI camera, then the first USB camera; where there is none it is
 * the simulator if `mayBeSimulated`, else a USB camera that is still to be plugged in.
 */
export async function openCamera(
  config: Settings['camera'],
  mayBeSimulated: boolean,
): Promise<{ readonly camera: Camera; readonly scene: SceneControl | null }> {
  const { findUsbCamera, hasCsiCamera } = await import('../peripherals/camera/drivers/mjpeg/discover.ts');
  const { MjpegCamera } = await import('../peripherals/camera/drivers/mjpeg/mjpeg-camera.ts');
  const { recordedSource, rpicamSource, v4l2Source } = await import('../peripherals/camera/drivers/mjpeg/sources.ts');
  const { SimulatedCameraSource } = await import('../peripherals/camera/drivers/mjpeg/simulated.ts');
  const limits = { startLimitMs: config.startLimitMs, stallLimitMs: config.stallLimitMs, restartDelayMs: 300 };
  const usb = config.source ?? findUsbCamera();
  const found = hasCsiCamera() ? 'rpicam' : usb === undefined && mayBeSimulated ? 'simulated' : 'v4l2';
  const driver = config.driver === 'auto' ? found : config.driver;
  if (driver === 'simulated') {
    const source = new SimulatedCameraSource(config);
    const scene: SceneControl = {
      show: (folder) => source.set({ folder }),
      setFault: (fault) => source.set({ fault }),
    };
    return { camera: new MjpegCamera({ source, ...limits }), scene };
  }
  const source =
    driver === 'rpicam'
      ? rpicamSource(config)
      : driver === 'recorded'
        ? recordedSource(config.source ?? '', config)
        : v4l2Source(usb ?? '/dev/video0', config);
  return { camera: new MjpegCamera({ source, ...limits }), scene: null };
}

export async function previewMaker(): Promise<(jpeg: Uint8Array) => Promise<Uint8Array | undefined>> {
  const { mirroredPreview } = await import('../peripherals/camera/drivers/mjpeg/preview.ts');
  return mirroredPreview;
}

export async function openDialler(uplink: Settings['uplink'], url: string, clientId: string): Promise<BrokerDialler> {
  const { mqttDialler } = await import('../publish/drivers/mqtt/mqtt-dialler.ts');
  const { username, passwordFile } = uplink;
  return mqttDialler({ url, clientId, username, passwordFile, connectTimeoutMs: 10_000 });
}

export async function startDemoBroker(port: number, signal: AbortSignal) {
  const { startMosquitto } = await import('../publish/drivers/mosquitto/mosquitto.ts');
  return startMosquitto(port, signal);
}

/** A virtual card slot: in pcscd's virtual reader where that can run, else inside this process. */
export async function virtualCards() {
  const { VirtualCard } = await import('../peripherals/card/drivers/simulated/virtual-card.ts');
  const { makePerson } = await import('../peripherals/card/drivers/simulated/fixtures.ts');
  const { insertVirtualCard } = await import('../peripherals/card/drivers/simulated/vpcd-client.ts');
  const { SimulatedCardReader } = await import('../peripherals/card/drivers/simulated/simulated-reader.ts');
  const { startVirtualPcscd } = await import('../peripherals/card/drivers/simulated/pcscd.ts');
  return { VirtualCard, makePerson, insertVirtualCard, SimulatedCardReader, startVirtualPcscd };
}
