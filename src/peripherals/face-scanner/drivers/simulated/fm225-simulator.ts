import type { SerialLink } from '../../../serial/port.ts';
import { LIVE_FACE, type Scene } from './scene.ts';
import { Wire, type WireOptions } from './wire.ts';

export interface Fm225SimulatorOptions extends WireOptions {
  /** Templates in the flash when it is plugged in. */
  readonly users: number;
  /** A flash that cannot be erased. */
  readonly keepsUsers: boolean;
  readonly serial: string;
}

const WORDS: Readonly<Record<number, string>> = {
  16: 'reset',
  17: 'get status',
  18: 'verify',
  33: 'delete all users',
  36: 'get all user ids',
  48: 'get version',
  147: 'get serial number',
  237: 'power down',
  254: 'demo mode',
};
const CAMERA_BOX = [400, 200, 800, 700] as const;

/**
 * An FM22x at byte level, written from the protocol's description with framing of its own: a mistake in the driver's framing
 * must not cancel out here.
 */
export class Fm225Simulator {
  scene: Scene = LIVE_FACE;
  /** Hears nothing and says nothing. */
  isMute = false;
  users: number;
  /** Every command byte that ever came, for "never sent" assertions. */
  readonly heard: number[] = [];
  /** Told what the host asks, in words. */
  onHeard: (what: string) => void = () => undefined;
  readonly #wire: Wire;
  readonly #options: Fm225SimulatorOptions;
  readonly #stopListening: () => void;
  #received: number[] = [];
  #isDemo = false;
  #isAsleep = false;
  #looking: NodeJS.Timeout | undefined;

  constructor(link: SerialLink, options: Fm225SimulatorOptions) {
    this.#options = options;
    this.users = options.users;
    this.#wire = new Wire(link, options);
    this.#stopListening = link.onBytes((bytes) => this.#hear(bytes));
  }

  /** Power comes (back): state is lost, READY is told. */
  powerOn(): void {
    this.#loseState();
    this.isMute = false;
    this.#note('ready', [0]);
  }

  /** Power sags: silent until {@link powerOn}. */
  brownOut(): void {
    this.#loseState();
    this.isMute = true;
  }

  close(): void {
    clearTimeout(this.#looking);
    this.#stopListening();
    this.#wire.close();
  }

  #loseState(): void {
    clearTimeout(this.#looking);
    this.#looking = undefined;
    this.#isDemo = false;
    this.#isAsleep = false;
    this.#received = [];
  }

  #hear(bytes: Uint8Array): void {
    if (this.isMute) return;
    this.#received.push(...bytes);
    for (;;) {
      while (this.#received.length > 0 && !(this.#received[0] === 0xef && (this.#received[1] ?? 0xaa) === 0xaa)) {
        this.#received.shift();
      }
      const size = (this.#received[3] ?? 0) * 256 + (this.#received[4] ?? 0);
      if (this.#received.length < 6 + size) return;
      const frame = this.#received.splice(0, 6 + size);
      const parity = frame.slice(2).reduce((sum, byte) => sum ^ byte, 0);
      if (parity === 0) this.#obey(frame[2] ?? 0, frame.slice(5, -1));
    }
  }

  #obey(command: number, data: readonly number[]): void {
    this.heard.push(command);
    this.onHeard(WORDS[command] ?? `command ${command.toString(16)}`);
    if (this.#isAsleep) {
      // Any byte wakes it; the command that woke it is lost.
      this.powerOn();
      return;
    }
    switch (command) {
      case 0x10:
        if (this.#looking !== undefined) {
          clearTimeout(this.#looking);
          this.#looking = undefined;
          this.#reply(0x12, 2, []);
        }
        return this.#reply(command, 0, []);
      case 0x11:
        return this.#reply(command, 0, [this.#looking === undefined ? 0 : 1]);
      case 0x12:
        return this.#verify(data[1] ?? 0);
      case 0x21:
        if (!this.#options.keepsUsers) this.users = 0;
        return this.#reply(command, 0, []);
      case 0x24: {
        const ids = Array.from({ length: 100 }, (_, index) => (index < this.users ? index + 1 : 0));
        return this.#reply(command, 0, [this.users, ...ids.flatMap((id) => [id >> 8, id & 0xff])]);
      }
      case 0x30:
        return this.#reply(command, 0, [...Buffer.from('FM225_SIM_1.0\0\0\0')]);
      case 0x93:
        return this.#reply(command, 0, [...Buffer.from(this.#options.serial), 0xff, 0xff]);
      case 0xed:
        this.#isAsleep = true;
        return this.#reply(command, 0, []);
      case 0xfe:
        this.#isDemo = data[0] === 1;
        return this.#reply(command, 0, []);
      default:
        return this.#reply(command, 6, []);
    }
  }

  #verify(seconds: number): void {
    const { face, live, states, lookMs } = this.scene;
    for (const state of states) this.#faceState(state);
    const waitMs = face ? lookMs : Math.min(lookMs, seconds * 1_000);
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      if (!face) this.#reply(0x12, 13, []);
      else if (!live) this.#reply(0x12, 12, []);
      else if (!this.#isDemo) this.#reply(0x12, 8, []);
      else this.#reply(0x12, 0, [0xff, 0xff, ...new Array<number>(32).fill(0), 0, 0]);
    }, waitMs);
  }

  #faceState(state: number): void {
    const fields = [state, ...(state === 1 ? [0, 0, 0, 0] : CAMERA_BOX), -5, 3, 0];
    this.#note('face-state', [1, ...fields.flatMap((value) => [value & 0xff, (value >> 8) & 0xff])]);
  }

  #note(name: string, data: readonly number[]): void {
    this.#wire.send(name, wrap(1, data));
  }

  #reply(command: number, result: number, data: readonly number[]): void {
    this.#wire.send(`reply-${command.toString(16)}`, wrap(0, [command, result, ...data]));
  }
}

/** A module for the demonstration: always the same live person before a good line. */
export function demoFm225(link: SerialLink): Fm225Simulator {
  const line = { baudRate: 115_200, faultFor: () => undefined, unplug: () => undefined };
  return new Fm225Simulator(link, { ...line, users: 0, keepsUsers: false, serial: 'SIMULATED' });
}

/** The simulator's own framing: the checksum makes the parity of everything after the sync word zero. */
function wrap(id: number, data: readonly number[]): Uint8Array {
  const body = [id, Math.floor(data.length / 256), data.length % 256, ...data];
  return Uint8Array.from([0xef, 0xaa, ...body, body.reduce((parity, byte) => parity ^ byte)]);
}
