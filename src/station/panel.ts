import type { CitizenScreen } from '../kiosk/protocol.ts';
import type { PatternName, Signals } from '../peripherals/signals/port.ts';
import { unreachable } from '../shared/unreachable.ts';
import { PanelInputs, type PanelInputsOptions } from './panel-inputs.ts';
import { stateOfFault } from './parts.ts';
import type { RingLight } from './ring-light.ts';

/** Lamp and sound that go with what the citizen sees: the same calm call for every result that people finish. */
export function patternOf({ screen }: CitizenScreen): PatternName {
  switch (screen) {
    case 'idle':
    case 'reinsert':
    case 'reading':
    case 'capture':
    case 'checking':
    case 'still-there':
      return 'go-on';
    case 'done':
      return 'done';
    case 'staff':
      return 'staff';
    case 'out-of-service':
      return 'fault';
    default:
      return unreachable(screen);
  }
}

export interface PanelOptions extends PanelInputsOptions {
  readonly signals: Signals;
  readonly ring: RingLight;
  /** False: a station that never had a panel says nothing of it. */
  readonly isExpected: boolean;
  /** Level of the ring light while a face is captured, 0..1. */
  readonly ringLevel: number;
  /** Tells every change of the screen; returns the way to stop being told. */
  readonly onScreen: (listener: () => void) => () => void;
}

/**
 * Level of the ring light: off but for the capture. Too dark a face gets all the light there is and too bright a one half
 * of it, before a person is asked to move; what was found out holds until the capture ends, so that the light does not hunt.
 */
export function ringFor(screen: CitizenScreen, set: number, now: number): number {
  if (screen.screen !== 'capture' || set === 0) return 0;
  if (screen.hint === 'more-light') return 1;
  if (screen.hint === 'less-light') return set / 2;
  return now === 0 ? set : now;
}

/** Lets the panel show what the screen shows, and carries out what is pressed and sensed there, until `signal` aborts. */
export async function followPanel(options: PanelOptions, signal: AbortSignal): Promise<void> {
  const { signals, board } = options;
  const inputs = new PanelInputs(options);
  let wasThere = options.isExpected;
  let ring = 0;
  const show = () => {
    const screen = options.screen();
    const isDeserted = screen.screen === 'idle' && !inputs.mayBeSeen;
    signals.show(isDeserted ? 'off' : patternOf(screen));
    ring = ringFor(screen, options.ringLevel, ring);
    options.ring.set(ring);
    const { fault, name } = signals;
    wasThere ||= fault?.code !== 'PANEL_MISSING';
    if (!wasThere) return;
    if (fault) board.set('signals', { state: stateOfFault(fault.code), name, code: fault.code });
    else board.set('signals', { state: 'ready', name, code: null });
  };
  const stop = options.onScreen(show);
  try {
    for await (const event of signals.events(signal)) {
      inputs.handle(event);
      show();
    }
  } finally {
    stop();
  }
}
