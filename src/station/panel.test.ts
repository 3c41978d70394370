import { expect, test } from 'vitest';
import type { CitizenScreen } from '../kiosk/protocol.ts';
import { SimulatedSignals } from '../peripherals/signals/drivers/simulated/simulated-signals.ts';
import { followPanel, patternOf } from './panel.ts';
import { PartBoard } from './parts.ts';

const CAPTURE: CitizenScreen = {
  screen: 'capture',
  hint: null,
  framed: false,
  attempt: 1,
  attemptsAllowed: 3,
  cardProgress: 0,
};

test.each<[CitizenScreen, string]>([
  [{ screen: 'idle' }, 'go-on'],
  [{ screen: 'reinsert', ask: 'chip-up' }, 'go-on'],
  [{ screen: 'reading', progress: 0, consent: 'asked' }, 'go-on'],
  [CAPTURE, 'go-on'],
  [{ screen: 'checking' }, 'go-on'],
  [{ screen: 'still-there', secondsLeft: 30 }, 'go-on'],
  [{ screen: 'done', receipt: null, nextStep: 'officer-will-check' }, 'done'],
  [{ screen: 'staff', receipt: null, nextStep: 'officer-will-check' }, 'staff'],
  [{ screen: 'staff', receipt: null, nextStep: null }, 'staff'],
  [{ screen: 'out-of-service' }, 'fault'],
])('%o is %s', (screen, pattern) => {
  expect(patternOf(screen)).toBe(pattern);
});

function rig(isExpected: boolean) {
  const signals = new SimulatedSignals();
  const board = new PartBoard(() => new Date(0));
  const stop = new AbortController();
  const listeners = new Set<() => void>();
  let screen: CitizenScreen = { screen: 'idle' };
  let calls = 0;
  const following = followPanel(
    {
      signals,
      isExpected,
      ringLevel: 0.7,
      screen: () => screen,
      onScreen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      callStaff: () => {
        calls++;
      },
      board,
    },
    stop.signal,
  );
  return {
    signals,
    board,
    listeners,
    calls: () => calls,
    turnTo(next: CitizenScreen) {
      screen = next;
      for (const listener of listeners) listener();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following;
      await signals[Symbol.asyncDispose]();
    },
  };
}

test('the panel follows the screen, and the ring light is on while a face is captured', async () => {
  await using panel = rig(true);
  panel.turnTo(CAPTURE);
  expect(panel.signals).toMatchObject({ ringLevel: 0.7, patterns: ['go-on'], lamps: ['white'] });
  panel.turnTo({ screen: 'staff', receipt: null, nextStep: null });
  expect(panel.signals).toMatchObject({ ringLevel: 0, patterns: ['go-on', 'staff'], lamps: ['amber'] });
});

test('its button calls staff; the other does not', async () => {
  await using panel = rig(true);
  await expect.poll(() => panel.board.stateOf('signals')).toBe('ready');
  panel.signals.press('confirm');
  panel.signals.press('call-staff');
  await expect.poll(panel.calls).toBe(1);
});

test('its loss is a part that is faulty, and nothing else', async () => {
  await using panel = rig(true);
  panel.signals.unplug();
  await expect.poll(() => panel.board.list()).toMatchObject([{ part: 'signals', fault: { code: 'PANEL_LOST' } }]);
  panel.signals.plugIn();
  await expect.poll(() => panel.board.stateOf('signals')).toBe('ready');
});

test('a panel that never was is not missed', async () => {
  await using panel = rig(false);
  await panel.signals[Symbol.asyncDispose]();
  panel.turnTo({ screen: 'checking' });
  expect(panel.board.list()).toEqual([]);
});

test('afterwards nobody listens to the screen', async () => {
  const panel = rig(true);
  await panel[Symbol.asyncDispose]();
  expect(panel.listeners.size).toBe(0);
});
