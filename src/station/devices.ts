import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { type PartBoard, stateOfFault } from './parts.ts';
import { MODELS_DIR } from './paths.ts';
import { demoFaces } from './people.ts';
import { openCamera, openPcscReader } from './registry.ts';
import { openVirtualSlot, SimulatedWorld, type VirtualSlot } from './simulated-world.ts';

export interface Devices extends AsyncDisposable {
  readonly reader: CardReader;
  readonly camera: Camera;
  /** `null` when everything is real. */
  readonly world: SimulatedWorld | null;
}

/** Opens reader and camera. In a demo real hardware is used where it is found, a simulator where it is not. */
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
  const reader = slot?.reader ?? (await openPcscReader({ ...card, virtualOnly: false }));
  const { camera, scene } = await openCamera(settings.camera, isDemo);
  board.set('camera', { state: 'ready', name: camera.name, code: null });
  camera.onState((state) => {
    if (state.kind === 'streaming') board.set('camera', { state: 'ready', name: camera.name, code: null });
    if (state.kind === 'faulty')
      board.set('camera', { state: stateOfFault(state.code), name: camera.name, code: state.code });
  });
  const faces = slot || scene ? demoFaces(settings.face.modelsDir ?? MODELS_DIR) : [];
  const world = slot || scene ? new SimulatedWorld({ slot, scene, faces, onChange: options.onChange }) : null;
  return {
    reader,
    camera,
    world,
    async [Symbol.asyncDispose]() {
      await camera[Symbol.asyncDispose]();
      await (slot ?? reader)[Symbol.asyncDispose]();
    },
  };
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
