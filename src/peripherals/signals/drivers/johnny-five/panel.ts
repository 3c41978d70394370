import { once } from 'node:events';
import firmataIo from 'firmata-io';
import five from 'johnny-five';
import { StationFault } from '../../../../shared/fault.ts';
import { orAbort } from '../../../../shared/wait.ts';
import type { Contact } from '../../panel-events.ts';
import type { PanelOutputs } from '../../panel-player.ts';
import { LAMPS, type Tone } from '../../patterns.ts';
import { GatedPort } from './gated-port.ts';
import {
  BUTTON_PINS,
  DOOR_PIN,
  DUTY,
  FIRMWARE_NAME,
  LAMP_PINS,
  LONGEST_TONE_MS,
  POWER_PIN,
  PRESENCE_PIN,
  RING_PIN,
  TONE_COMMAND,
} from './pins.ts';

type Firmata = InstanceType<typeof firmataIo.Firmata>;
type Button = InstanceType<typeof five.Button>;

const QUERY_FIRMWARE = 0x79;
/** The boot loader swallows what comes in its second or two: ask again. */
const ASK_AGAIN_MS = 500;
/** Beats without an answer after which the panel counts as lost. */
const MISSES_ALLOWED = 2;

export interface PanelLimits {
  readonly openMs: number;
  /** From the opened port to all answers; more than the boot loader takes. */
  readonly handshakeMs: number;
  readonly writeMs: number;
  /** Pause between two firmware queries; three of them must fit into the five seconds after which the firmware goes dark. */
  readonly heartbeatMs: number;
}

export interface PanelInputs {
  readonly pressed: (button: 'call-staff' | 'confirm') => void;
  readonly contact: (contact: Contact, isActive: boolean) => void;
}

/** One connection to a panel, from an opened port to its loss. Not reused after. */
export interface Panel extends AsyncDisposable {
  readonly outputs: PanelOutputs;
  readonly lost: Promise<StationFault>;
}

/**
 * Opens `path`, makes sure that our firmware answers, and takes lamps and inputs into use. Inputs are told from the next
 * turn of the event loop on.
 * @throws StationFault `PANEL_MISSING`, `PANEL_BUSY`, `PANEL_LOST` (no answer), `PANEL_FOREIGN` (other firmware)
 */
export async function openPanel(
  path: string,
  limits: PanelLimits,
  inputs: PanelInputs,
  signal: AbortSignal,
): Promise<Panel> {
  const port = await GatedPort.open(path, limits, signal);
  const io = new firmataIo.Firmata(port, { reportVersionTimeout: 1 });
  try {
    await shakeHands(io, port, limits.handshakeMs, signal);
    const board = new five.Board({ io, repl: false, debug: false, sigint: false, timeout: limits.handshakeMs });
    // Left to itself johnny-five keeps every board for ever.
    five.Board.cache.splice(0);
    for (const emitter of [io, board]) emitter.on('error', (error: Error) => port.lose(error.message));
    await orAbort(once(board, 'ready'), AbortSignal.any([signal, AbortSignal.timeout(limits.handshakeMs)]));
    // Whatever an earlier session left on goes off.
    io.reset();
    const leds = LAMPS.map((lamp) => ({ lamp, led: new five.Led({ pin: LAMP_PINS[lamp], board }) }));
    const ring = new five.Led({ pin: RING_PIN, board });
    const buttons = watchInputs(board, inputs);
    const heart = startHeart(io, port, limits.heartbeatMs);
    return {
      lost: port.lost,
      outputs: {
        light: (lamps) => {
          for (const { lamp, led } of leds) lamps.includes(lamp) ? led.on() : led.off();
        },
        sound: (tone) => io.sysexCommand(toneCommand(tone)),
        ring: (level) => ring.brightness(Math.round(level * 255)),
      },
      async [Symbol.asyncDispose]() {
        clearInterval(heart);
        io.reset();
        await port.close();
        for (const { button, pin } of buttons) {
          button.removeAllListeners();
          // A button that is held down has a timer that only its release ends.
          io.emit(`digital-read-${pin}`, button.upValue);
        }
        io.removeAllListeners();
        board.removeAllListeners();
        for (const held of [...leds.map(({ led }) => led), ring, ...buttons.map(({ button }) => button), board, io])
          forget(held);
      },
    };
  } catch (error) {
    await port.close();
    io.removeAllListeners();
    throw error;
  }
}

/** johnny-five remembers every board and part in tables of its own for ever: leave it their shells only. */
function forget(held: object): void {
  for (const key of Object.keys(held)) Reflect.deleteProperty(held, key);
}

async function shakeHands(io: Firmata, port: GatedPort, limitMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const asking = setInterval(() => {
    io.reportVersion(() => undefined);
    io.queryFirmware(() => undefined);
  }, ASK_AGAIN_MS);
  io.once('ready', resolve);
  io.on('error', reject);
  void port.lost.then(reject);
  io.once('queryfirmware', () => {
    // No more questions: the version that answered one after the handshake would look like a restart.
    clearInterval(asking);
    const { name } = io.firmware;
    if (name !== FIRMWARE_NAME)
      reject(new StationFault('PANEL_FOREIGN', port.path, `the firmware calls itself ${JSON.stringify(name)}`));
  });
  try {
    await orAbort(promise, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]));
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof StationFault) throw cause;
    throw new StationFault('PANEL_LOST', port.path, `no whole answer within ${limitMs} ms`, { cause });
  } finally {
    clearInterval(asking);
  }
}

function watchInputs(board: InstanceType<typeof five.Board>, inputs: PanelInputs) {
  const watched: { readonly button: Button; readonly pin: number }[] = [];
  // "Down" is what is worth telling: low for a button to ground, high for a contact that is closed to ground at rest.
  const watch = (pin: number, invert: boolean, told: (isDown: boolean) => void) => {
    const button = new five.Button({ pin, board, invert });
    button.on('down', () => told(true));
    button.on('up', () => told(false));
    watched.push({ button, pin });
  };
  for (const name of ['call-staff', 'confirm'] as const)
    watch(BUTTON_PINS[name], true, (isDown) => {
      if (isDown) inputs.pressed(name);
    });
  watch(DOOR_PIN, false, (isOpen) => inputs.contact('door', isOpen));
  watch(POWER_PIN, false, (isFailing) => inputs.contact('power', isFailing));
  watch(PRESENCE_PIN, false, (isThere) => inputs.contact('presence', isThere));
  return watched;
}

/** Asks for the firmware's name over and over: that keeps the firmware's lamps on, and tells us that it lives. */
function startHeart(io: Firmata, port: GatedPort, everyMs: number): NodeJS.Timeout {
  let unanswered = 0;
  io.on('queryfirmware', () => {
    unanswered = 0;
  });
  // Unasked for after the handshake: the panel has begun anew, by a reset or because it went dark, and shows nothing.
  io.on('reportversion', () => port.lose('the panel restarted'));
  // Beats are counted, not milliseconds: when this process itself was held up, the answer gets its chance.
  return setInterval(() => {
    if (unanswered >= MISSES_ALLOWED) return port.lose(`no answer to ${unanswered} queries`);
    unanswered++;
    io.sysexCommand([QUERY_FIRMWARE]);
  }, everyMs);
}

function toneCommand(tone: Tone | null): readonly number[] {
  if (tone === null) return [TONE_COMMAND, 0, 0, 0, 0, 0];
  const ms = Math.min(tone.ms, LONGEST_TONE_MS);
  return [TONE_COMMAND, tone.hz & 0x7f, tone.hz >> 7, ms & 0x7f, ms >> 7, DUTY[tone.loudness]];
}
