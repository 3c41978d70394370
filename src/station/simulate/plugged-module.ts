import type { scannerSimulators } from '../simulator-registry.ts';
import { type FrameFault, type ScannerModel, type ScannerScene, sceneLine } from './scanner-words.ts';
import type { Tell } from './simulator.ts';

type Parts = Awaited<ReturnType<typeof scannerSimulators>>;
type WireOptions = Pick<ConstructorParameters<Parts['Fm225Simulator']>[1], 'baudRate' | 'faultFor' | 'unplug'>;
type WireFault = ReturnType<WireOptions['faultFor']>;
type Simulator = InstanceType<Parts['Fm225Simulator'] | Parts['RealSenseSimulator']>;

const BAUD_RATE = 115_200;

const WIRE_FAULTS: Readonly<Record<FrameFault, NonNullable<WireFault>>> = {
  split: { kind: 'split', atByte: 3, gapMs: 20 },
  gap: { kind: 'split', atByte: 3, gapMs: 250 },
  corrupt: { kind: 'corrupt', atByte: 7 },
  lose: { kind: 'lose' },
  double: { kind: 'double' },
  noise: { kind: 'precede', bytes: Uint8Array.of(0x00, 0xef, 0xaa, 0x40, 0x46, 0xff) },
  unplug: { kind: 'unplug', atByte: 5 },
};

/** The module with its cable: the scene stays, whatever happens to the line. */
export class PluggedModule implements AsyncDisposable {
  scene: ScannerScene;
  readonly #model: ScannerModel;
  readonly #parts: Parts;
  readonly #port: InstanceType<Parts['PluggablePort']>;
  readonly #tell: Tell;
  readonly #signal: AbortSignal;
  #link: AsyncDisposable | undefined;
  #simulator: Simulator | undefined;
  #faults: { readonly fault: FrameFault; readonly left: number } | undefined;

  constructor(model: ScannerModel, parts: Parts, path: string, tell: Tell, signal: AbortSignal) {
    this.#model = model;
    this.#parts = parts;
    this.#port = new parts.PluggablePort(path);
    this.#tell = tell;
    this.#signal = signal;
    this.scene = { ...parts.LIVE_FACE, states: [], lookMs: 500 };
  }

  show(change: Partial<ScannerScene>): string {
    this.scene = { ...this.scene, ...change };
    if (this.#simulator) this.#simulator.scene = this.scene;
    return sceneLine(this.scene);
  }

  spoil(fault: FrameFault, frames: number): void {
    this.#faults = { fault, left: frames };
  }

  brownOut(): void {
    this.#simulator?.brownOut();
  }

  powerOn(): void {
    this.#simulator?.powerOn();
  }

  async plugIn(): Promise<void> {
    await this.unplug();
    const device = await this.#port.plugIn(this.#signal);
    const link = await this.#parts.openSerialPort(device, { baudRate: BAUD_RATE, lines: null }, this.#signal);
    this.#link = link;
    const wire: WireOptions = {
      baudRate: BAUD_RATE,
      faultFor: () => this.#nextFault(),
      unplug: () => void this.unplug(),
    };
    const { Fm225Simulator, RealSenseSimulator, FACTORY_CONFIG } = this.#parts;
    const simulator =
      this.#model === 'fm225'
        ? new Fm225Simulator(link, { ...wire, users: 0, keepsUsers: false, serial: 'SIMULATED' })
        : new RealSenseSimulator(link, {
            ...wire,
            users: 0,
            config: FACTORY_CONFIG,
            keepsConfig: false,
            attackStatus: 16,
            keys: null,
          });
    simulator.scene = this.scene;
    simulator.onHeard = (what) => this.#tell(`host: ${what}`);
    this.#simulator = simulator;
  }

  async unplug(): Promise<void> {
    this.#simulator?.close();
    this.#simulator = undefined;
    await this.#link?.[Symbol.asyncDispose]();
    this.#link = undefined;
    await this.#port.unplug();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unplug();
  }

  #nextFault(): WireFault {
    const faults = this.#faults;
    if (faults === undefined) return undefined;
    this.#faults = faults.left > 1 ? { ...faults, left: faults.left - 1 } : undefined;
    this.#tell(`fault: ${faults.fault}`);
    return WIRE_FAULTS[faults.fault];
  }
}
