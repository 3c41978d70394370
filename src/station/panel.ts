import type { CitizenScreen } from '../kiosk/protocol.ts';
import type { PatternName, Signals } from '../peripherals/signals/port.ts';
import { unreachable } from '../shared/unreachable.ts';
import { type PartBoard, stateOfFault } from './parts.ts';

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

export interface PanelOptions {
  readonly signals: Signals;
  /** False: a station that never had a panel says nothing of it. */
  readonly isExpected: boolean;
  /** Level of the ring light while a face is captured, 0..1. */
  readonly ringLevel: number;
  readonly screen: () => CitizenScreen;
  /** Tells every change of the screen; returns the way to stop being told. */
  readonly onScreen: (listener: () => void) => () => void;
  readonly callStaff: () => void;
  readonly board: PartBoard;
}

/** Lets the panel show what the screen shows and its button call staff, until `signal` aborts. */
export async function followPanel(options: PanelOptions, signal: AbortSignal): Promise<void> {
  const { signals, board } = options;
  let wasThere = options.isExpected;
  const show = () => {
    const screen = options.screen();
    signals.show(patternOf(screen));
    signals.ring(screen.screen === 'capture' ? options.ringLevel : 0);
    const { fault, name } = signals;
    wasThere ||= fault?.code !== 'PANEL_MISSING';
    if (!wasThere) return;
    if (fault) board.set('signals', { state: stateOfFault(fault.code), name, code: fault.code });
    else board.set('signals', { state: 'ready', name, code: null });
  };
  const stop = options.onScreen(show);
  try {
    for await (const event of signals.events(signal)) {
      show();
      if (event.kind === 'button-pressed' && event.button === 'call-staff') options.callStaff();
    }
  } finally {
    stop();
  }
}
