import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import type { FaceScanner } from '../peripherals/face-scanner/port.ts';
import { type PartBoard, stateOfFault } from './parts.ts';
import { MODELS_DIR } from './paths.ts';
import { demoFaces } from './people.ts';
import { openCamera, openCardReader, openFaceScanner, openSecondCardReader } from './registry.ts';
import type { SceneControl } from './scene-control.ts';
import { openVirtualSlot, SimulatedWorld, type VirtualSlot } from './simulated-world.ts';

export interface Devices extends AsyncDisposable {
  readonly reader: CardReader;
  /** For a representative's card; `null` when the settings name none. */
  readonly secondReader: CardReader | null;
  readonly camera: Camera;
  /** `null` when the settings name none. */
  readonly scanner: FaceScanner | null;
  /** What the simulated camera sees; `null` when the camera is real. */
  readonly scene: SceneControl | null;
  /** `null` when everything is real. */
  readonly world: SimulatedWorld | null;
}

/** Opens readers, camera and face scanner. In a demo real hardware is used where it is found, a simulator where it is not. */
export async function openDevices(
  options: {
    readonly settings: Settings;
    readonly isDemo: boolean;
    readonly slotIndex: 0 | 1;
    readonly board: PartBoard;
    readonly onChange: () => void;
  },
  signal: AbortSignal,
): Promise<Devices> {
  const { settings, isDemo, board } = options;
  const { card } = settings;
  const isVirtual = card.driver === 'simulated' || (card.driver === 'auto' && isDemo && !hasUsbReader());
  const slot: VirtualSlot | null = isVirtual ? await openVirtualSlot(options.slotIndex, signal) : null;
  const reader = slot?.reader ?? (await openCardReader(card));
  const secondReader = await openSecondCardReader(isVirtual ? { ...card, driver: 'simulated' } : card);
  const { camera, scene, isOtherLens } = await openCamera(settings, isDemo);
  board.set('camera', { state: 'ready', name: camera.name, code: null });
  camera.onState((state) => {
    if (state.kind === 'streaming') board.set('camera', { state: 'ready', name: camera.name, code: null });
    if (state.kind === 'faulty')
      board.set('camera', { state: stateOfFault(state.code), name: camera.name, code: state.code });
  });
  const scanner = await openFaceScanner(settings.faceScanner);
  if (scanner) tellScanner(scanner, isOtherLens, board);
  const faces = slot || scene ? demoFaces(MODELS_DIR) : [];
  const world = slot || scene ? new SimulatedWorld({ slot, scene, faces, onChange: options.onChange }) : null;
  return {
    reader,
    secondReader,
    camera,
    scanner,
    scene,
    world,
    async [Symbol.asyncDispose]() {
      await camera[Symbol.asyncDispose]();
      await scanner?.[Symbol.asyncDispose]();
      await secondReader?.[Symbol.asyncDispose]();
      await (slot ?? reader)[Symbol.asyncDispose]();
    },
  };
}

/** Brings the board's lines of the card readers up to date. */
export function tellReaders(devices: Pick<Devices, 'reader' | 'secondReader'>, board: PartBoard): void {
  const tell = (part: 'card-reader' | 'second-card-reader', { name, fault }: CardReader) =>
    board.set(part, { state: fault ? stateOfFault(fault.code) : 'ready', name, code: fault?.code ?? null });
  tell('card-reader', devices.reader);
  if (devices.secondReader) tell('second-card-reader', devices.secondReader);
}

/** Keeps the board's line of the face scanner true. */
function tellScanner(scanner: FaceScanner, isOtherLens: boolean, board: PartBoard): void {
  const tell = () => {
    const { fault, info } = scanner;
    const name = info
      ? [scanner.name, info.firmware, info.serial].filter((word) => word !== null).join(' ')
      : scanner.name;
    if (fault) board.set('face-scanner', { state: stateOfFault(fault.code), name, code: fault.code });
    else if (isOtherLens) board.set('face-scanner', { state: 'degraded', name, code: 'SCANNER_OTHER_LENS' });
    else board.set('face-scanner', { state: 'ready', name, code: null });
  };
  scanner.onChange(tell);
  tell();
}

/** USB interface class 0B is a smart-card reader (USB CCID 1.1 §4). */
export function hasUsbReader(folder = '/sys/bus/usb/devices'): boolean {
  const classOf = (device: string) => {
    try {
      return readFileSync(join(folder, device, 'bInterfaceClass'), 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  try {
    return readdirSync(folder).some((device) => classOf(device) === '0b');
  } catch {
    return false;
  }
}
