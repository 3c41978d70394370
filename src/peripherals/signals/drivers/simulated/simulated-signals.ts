import { StationFault } from '../../../../shared/fault.ts';
import { type Contact, PanelEvents } from '../../panel-events.ts';
import { PanelPlayer } from '../../panel-player.ts';
import type { Lamp, Tone } from '../../patterns.ts';
import type { PatternName, Signals, SignalsEvent, SignalsLink } from '../../port.ts';

const NAME = 'simulated';

/** A panel without hardware: remembers what it was told to show, and is pressed by whoever plays the person. */
export class SimulatedSignals implements Signals {
  readonly name = NAME;
  /** Everything that was shown and sounded, oldest first. */
  readonly patterns: PatternName[] = [];
  readonly tones: Tone[] = [];
  /** What is lit now. */
  lamps: readonly Lamp[] = [];
  ringLevel = 0;
  readonly #player = new PanelPlayer();
  readonly #events = new PanelEvents();
  readonly #active = new Set<Contact>();
  readonly #onRing: (level: number) => void;
  #fault: StationFault | undefined;

  /** @param onRing told every level of the ring light, also that it went dark */
  constructor(onRing: (level: number) => void = () => undefined) {
    this.#onRing = onRing;
    this.plugIn();
  }

  get link(): SignalsLink {
    return this.#events.link;
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  show(pattern: PatternName): void {
    if (pattern !== this.patterns.at(-1)) this.patterns.push(pattern);
    this.#player.show(pattern);
  }

  ring(level: number): void {
    this.#player.ring(level);
  }

  events(signal: AbortSignal): AsyncIterable<SignalsEvent> {
    return this.#events.listen(signal);
  }

  press(button: 'call-staff' | 'confirm'): void {
    this.#events.press(button);
  }

  /** Somebody stands there, the door is open, the supply fails: `isActive`. */
  setContact(contact: Contact, isActive: boolean): void {
    if (isActive) this.#active.add(contact);
    else this.#active.delete(contact);
    this.#events.setContact(contact, isActive);
  }

  unplug(): void {
    this.#goDark(new StationFault('PANEL_LOST', NAME, 'unplugged'));
  }

  plugIn(): void {
    this.#fault = undefined;
    this.#events.setLink('connected', null);
    for (const contact of this.#active) this.#events.setContact(contact, true);
    this.#player.connect({
      light: (lamps) => {
        this.lamps = lamps;
      },
      sound: (tone) => {
        if (tone) this.tones.push(tone);
      },
      ring: (level) => {
        this.ringLevel = level;
        this.#onRing(level);
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#goDark(new StationFault('PANEL_MISSING', NAME, 'the panel was closed'));
    this.#events.close();
  }

  #goDark(fault: StationFault): void {
    this.#player.disconnect();
    this.lamps = [];
    this.ringLevel = 0;
    this.#onRing(0);
    this.#fault = fault;
    this.#events.setLink('lost', fault.code);
  }
}
