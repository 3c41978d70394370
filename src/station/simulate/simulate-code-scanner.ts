import { formatCode, parseCode } from '../../peripherals/badge/parse-code.ts';
import type { ScannedCode } from '../../peripherals/badge/port.ts';
import { StationFault } from '../../shared/fault.ts';
import { codeScannerSimulator } from '../simulator-registry.ts';
import {
  oneOf,
  type RunningSimulator,
  type SimulatorWord,
  type SimulatorWords,
  type Tell,
  unusable,
} from './simulator.ts';

type Parts = Awaited<ReturnType<typeof codeScannerSimulator>>;
type Player = InstanceType<Parts['ReportPlayer']>;

const UHID_PATH = '/dev/uhid';
const NAME = 'Thuengban simulated scanner';
const SCAN_FAULTS = ['none', 'lost-part', 'late-part', 'short-report', 'garbage'] as const;
/** Pauses between looks for the scanner, as in the station but shorter. */
const PAUSES = { firstPauseMs: 20, longestPauseMs: 200 } as const;

/**
 * A HID-POS scanner: a device of the kernel where there is `/dev/uhid` and the right to use it, else its reports go through
 * the station's own driver here, which tells what it understands.
 * @param options `profile`: how the reports are laid out
 * @throws StationFault `USAGE` for an unknown profile
 */
export async function simulateCodeScanner(
  options: { readonly profile: string; readonly tell: Tell },
  signal: AbortSignal,
): Promise<RunningSimulator> {
  const parts = await codeScannerSimulator();
  const { ReportPlayer, SCAN_PROFILES, HidPosScanner } = parts;
  const profile = SCAN_PROFILES[oneOf(options.profile, Object.keys(SCAN_PROFILES) as (keyof typeof SCAN_PROFILES)[])];
  const player = new ReportPlayer(profile);
  const kernel = new KernelDevice(parts, player, profile.descriptor, options.tell, signal);
  const why = await kernel.plugIn();
  if (why === null)
    return {
      notes: [`"${NAME}" is among this machine's hidraw devices: the station finds it by itself`],
      settings: { badge: { driver: 'hid-pos' } },
      words: wordsOf(player, kernel),
      [Symbol.asyncDispose]: () => kernel.unplug(),
    };
  const scanner = new HidPosScanner({ transport: player, ...PAUSES });
  scanner.onRefused((reason) => options.tell(`station: refused, ${reason}`));
  void listen(scanner.codes(signal), options.tell).catch(() => undefined);
  return {
    notes: [
      `no device for other programs: ${why} (needs root and the kernel module uhid: modprobe uhid)`,
      'reports go through the station’s own driver in this process; it tells what it understands',
      'for a station without hidraw: badge.driver "simulated"',
    ],
    settings: null,
    words: wordsOf(player, {
      plugIn: async () => {
        player.plug();
        return null;
      },
      unplug: async () => player.unplug(),
    }),
    [Symbol.asyncDispose]: () => scanner[Symbol.asyncDispose](),
  };
}

async function listen(codes: AsyncIterable<ScannedCode>, tell: Tell): Promise<void> {
  for await (const { text, symbology } of codes) {
    // The developer has typed it: it is nobody's.
    tell(`station: ${symbology || 'no symbology'}, ${text.length} characters, ${JSON.stringify(parseCode(text))}`);
  }
}

interface Plug {
  /** @returns why it cannot be, `null` = it is in */
  plugIn(): Promise<string | null>;
  unplug(): Promise<void>;
}

/** Hands the player's reports to a device of the kernel. */
class KernelDevice implements Plug {
  readonly #parts: Parts;
  readonly #player: Player;
  readonly #descriptor: Uint8Array;
  readonly #tell: Tell;
  readonly #signal: AbortSignal;
  #device: AsyncDisposable | undefined;

  constructor(parts: Parts, player: Player, descriptor: Uint8Array, tell: Tell, signal: AbortSignal) {
    this.#parts = parts;
    this.#player = player;
    this.#descriptor = descriptor;
    this.#tell = tell;
    this.#signal = signal;
  }

  async plugIn(): Promise<string | null> {
    await this.unplug();
    const onUse = (isInUse: boolean) => this.#tell(isInUse ? 'host: opened it' : 'host: closed it');
    const what = { name: NAME, descriptor: this.#descriptor };
    try {
      const device = await this.#parts.openUhid(UHID_PATH, what, onUse, this.#signal);
      this.#device = device;
      const connection = await this.#player.open(this.#signal);
      connection.listen({ report: (report) => device.input(report), lost: () => undefined });
      return null;
    } catch (error) {
      if (error instanceof StationFault && error.code === 'SIMULATOR_UNAVAILABLE') return error.message;
      throw error;
    }
  }

  async unplug(): Promise<void> {
    await this.#device?.[Symbol.asyncDispose]();
    this.#device = undefined;
  }
}

function wordsOf(player: Player, plug: Plug): SimulatorWords {
  let fault: (typeof SCAN_FAULTS)[number] = 'none';
  const scan = (text: string) => {
    player.scan(text, ']Q1', fault);
    fault = 'none';
    return null;
  };
  const code = (kind: Parameters<typeof formatCode>[0], help: SimulatorWord['help']): SimulatorWord => ({
    usage: 'ID',
    help,
    run(argument) {
      let text: string;
      try {
        text = formatCode(kind, argument);
      } catch {
        throw unusable(`found "${argument}", expected 1 to 64 of A-Z and 0-9`);
      }
      return scan(text) ?? `scanned ${text}`;
    },
  });
  return {
    badge: code('operator-badge', { en: 'hold an operator badge before it', th: 'สแกนบัตรเจ้าหน้าที่' }),
    'work-order': code('work-order', { en: 'hold a work order before it', th: 'สแกนใบสั่งงาน' }),
    enrolment: code('enrolment', { en: 'hold an enrolment code before it', th: 'สแกนรหัสลงทะเบียน' }),
    scan: {
      usage: 'TEXT',
      help: { en: 'hold any other code before it', th: 'สแกนข้อความใดก็ได้' },
      run: scan,
    },
    fault: {
      usage: SCAN_FAULTS.join('|'),
      help: { en: 'spoil the next scan', th: 'ทำให้การสแกนครั้งถัดไปเสีย' },
      run(argument) {
        fault = oneOf(argument, SCAN_FAULTS);
        return `the next scan: ${fault}`;
      },
    },
    unplug: {
      usage: '',
      help: { en: 'pull the cable', th: 'ถอดสาย' },
      run: async () => {
        await plug.unplug();
        return 'unplugged';
      },
    },
    plug: {
      usage: '',
      help: { en: 'plug the cable in again', th: 'เสียบสายกลับ' },
      run: async () => (await plug.plugIn()) ?? 'plugged in',
    },
  };
}
