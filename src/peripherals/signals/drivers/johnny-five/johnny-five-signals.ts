import { asFault, StationFault } from '../../../../shared/fault.ts';
import { backOffMs, pause } from '../../../../shared/wait.ts';
import { PanelEvents } from '../../panel-events.ts';
import { PanelPlayer } from '../../panel-player.ts';
import type { PatternName, Signals, SignalsEvent, SignalsLink } from '../../port.ts';
import type { PanelLimits } from './panel.ts';

export const PANEL_LIMITS: PanelLimits = { openMs: 3_000, handshakeMs: 8_000, writeMs: 1_000, heartbeatMs: 1_000 };

/** A panel may be plugged in at any time; looking for its name costs nothing. */
const LOOK_AGAIN_MS = 1_000;
const FIRST_PAUSE_MS = 100;
/** johnny-five keeps some 20 kB of every connection for ever: one that comes and goes must not be made too often. */
const LONGEST_PAUSE_MS = 15_000;
/** A link that lived this long was sound: the next attempt is made at once. */
const SOUND_AFTER_MS = 10_000;

export interface JohnnyFiveOptions {
  /** Where the panel is now; asked before every attempt, never guessed by johnny-five. */
  readonly findPort: () => string | undefined;
  readonly limits: PanelLimits;
}

/** The panel over Firmata by johnny-five. Connects by itself, and again after every loss, until it is closed. */
export class JohnnyFiveSignals implements Signals {
  readonly #options: JohnnyFiveOptions;
  readonly #player = new PanelPlayer();
  readonly #events = new PanelEvents();
  readonly #over = new AbortController();
  readonly #running: Promise<void>;
  #name = 'panel';
  #fault: StationFault | undefined = new StationFault('PANEL_MISSING', 'panel', 'not looked for yet');

  constructor(options: JohnnyFiveOptions) {
    this.#options = options;
    this.#running = this.#run(this.#over.signal);
  }

  get name(): string {
    return this.#name;
  }

  get link(): SignalsLink {
    return this.#events.link;
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  show(pattern: PatternName): void {
    this.#player.show(pattern);
  }

  ring(level: number): void {
    this.#player.ring(level);
  }

  events(signal: AbortSignal): AsyncIterable<SignalsEvent> {
    return this.#events.listen(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#running;
    this.#events.close();
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      const startedAt = performance.now();
      const fault = await this.#serve(signal);
      this.#player.disconnect();
      this.#fault = fault;
      this.#events.setLink('lost', fault.code);
      if (performance.now() - startedAt > SOUND_AFTER_MS) attempt = 0;
      const isAway = fault.code === 'PANEL_MISSING';
      const waitMs = isAway ? LOOK_AGAIN_MS : backOffMs(attempt, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, Math.random);
      await pause(waitMs, signal);
    }
  }

  /** One connection from its beginning to its end. */
  async #serve(signal: AbortSignal): Promise<StationFault> {
    try {
      const path = this.#options.findPort();
      if (path === undefined) return new StationFault('PANEL_MISSING', this.#name, 'no board that fits is plugged in');
      this.#name = path;
      if (this.#fault?.code === 'PANEL_MISSING') this.#fault = new StationFault('PANEL_LOST', path, 'connecting');
      // Only now: a station without a panel does without johnny-five's start and memory.
      const { openPanel } = await import('./panel.ts');
      const inputs = {
        pressed: (button: 'call-staff' | 'confirm') => this.#events.press(button),
        contact: (contact: 'presence' | 'door' | 'power', isActive: boolean) =>
          this.#events.setContact(contact, isActive),
      };
      await using panel = await openPanel(path, this.#options.limits, inputs, signal);
      this.#fault = undefined;
      this.#events.setLink('connected', null);
      this.#player.connect(panel.outputs);
      const ended = Promise.withResolvers<StationFault>();
      const onAbort = () => ended.resolve(new StationFault('PANEL_MISSING', path, 'the panel was closed'));
      signal.addEventListener('abort', onAbort, { once: true });
      void panel.lost.then(ended.resolve);
      if (signal.aborted) onAbort();
      const fault = await ended.promise;
      signal.removeEventListener('abort', onAbort);
      this.#player.disconnect();
      return fault;
    } catch (error) {
      return asFault(error, 'PANEL_LOST', this.#name);
    }
  }
}
