import { expect, test } from 'vitest';
import type { CitizenScreen } from '../kiosk/protocol.ts';
import { createLog } from '../observe/log.ts';
import { SimulatedSignals } from '../peripherals/signals/drivers/simulated/simulated-signals.ts';
import type { VisitEvent } from '../visit/visit.ts';
import { followPanel, patternOf, ringFor } from './panel.ts';
import { confirmationOf, DOOR_CHANGED, POWER_CHANGED } from './panel-inputs.ts';
import { PartBoard } from './parts.ts';
import { RingLight } from './ring-light.ts';

const CAPTURE: CitizenScreen = {
  screen: 'capture',
  hint: null,
  framed: false,
  attempt: 1,
  attemptsAllowed: 3,
  cardProgress: 0,
  dignityLeftS: null,
};

test.each<[CitizenScreen, string]>([
  [{ screen: 'idle', expects: 'anybody' }, 'go-on'],
  [{ screen: 'reinsert', ask: 'chip-up' }, 'go-on'],
  [{ screen: 'reading', progress: 0, consent: 'asked', purpose: { id: 'face-comparison' } }, 'go-on'],
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

test.each<[CitizenScreen, VisitEvent['kind'] | undefined]>([
  [{ screen: 'idle', expects: 'anybody' }, undefined],
  [{ screen: 'reinsert', ask: 'chip-up' }, undefined],
  [{ screen: 'reading', progress: 0, consent: 'asked', purpose: { id: 'face-comparison' } }, 'consent-given'],
  [{ screen: 'reading', progress: 0, consent: 'given', purpose: { id: 'face-comparison' } }, undefined],
  [CAPTURE, undefined],
  [{ screen: 'checking' }, undefined],
  [{ screen: 'still-there', secondsLeft: 30 }, 'more-time-wanted'],
  [{ screen: 'done', receipt: null, nextStep: 'officer-will-check' }, undefined],
  [{ screen: 'staff', receipt: null, nextStep: null }, undefined],
  [{ screen: 'out-of-service' }, undefined],
])('on %o the confirm button says %s', (screen, kind) => {
  expect(confirmationOf(screen)?.kind).toBe(kind);
});

test('the ring light helps before the person is asked to', () => {
  const dark: CitizenScreen = { ...CAPTURE, hint: 'more-light' };
  const glare: CitizenScreen = { ...CAPTURE, hint: 'less-light' };
  expect(ringFor(CAPTURE, 0.6, 0)).toBe(0.6);
  expect(ringFor(dark, 0.6, 0.6)).toBe(1);
  expect(ringFor(CAPTURE, 0.6, 1)).toBe(1);
  expect(ringFor(glare, 0.6, 1)).toBe(0.3);
  expect(ringFor({ screen: 'checking' }, 0.6, 0.3)).toBe(0);
  expect(ringFor(dark, 0, 0)).toBe(0);
});

function rig(isExpected: boolean) {
  const signals = new SimulatedSignals();
  const board = new PartBoard(() => new Date(0));
  const stop = new AbortController();
  const listeners = new Set<() => void>();
  let screen: CitizenScreen = { screen: 'idle', expects: 'anybody' };
  const dispatched: VisitEvent['kind'][] = [];
  const clock = { ms: 0 };
  const recorded: [string, unknown][] = [];
  const following = followPanel(
    {
      signals,
      ring: new RingLight(signals),
      isExpected,
      ringLevel: 0.7,
      screen: () => screen,
      monotonicMs: () => clock.ms,
      onScreen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      dispatch: (event) => {
        dispatched.push(event.kind);
      },
      record: (type, data) => {
        recorded.push([type, data]);
      },
      board,
      log: createLog('silent'),
    },
    stop.signal,
  );
  return {
    signals,
    board,
    clock,
    listeners,
    dispatched,
    recorded,
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

test('one button calls staff on every screen, the other answers where an answer is asked', async () => {
  await using panel = rig(true);
  await expect.poll(() => panel.board.stateOf('signals')).toBe('ready');
  panel.signals.press('confirm');
  panel.signals.press('call-staff');
  await expect.poll(() => panel.dispatched).toEqual(['staff-called']);
  panel.turnTo({ screen: 'reading', progress: 0.5, consent: 'asked', purpose: { id: 'face-comparison' } });
  panel.signals.press('confirm');
  await expect.poll(() => panel.dispatched).toEqual(['staff-called', 'consent-given']);
});

test('one press is one answer: a hand that trembles does not agree to what is asked next', async () => {
  await using panel = rig(true);
  await expect.poll(() => panel.board.stateOf('signals')).toBe('ready');
  const asked = (id: string) =>
    panel.turnTo({ screen: 'reading', progress: 1, consent: 'asked', purpose: { id, words: { th: 'ก', en: 'a' } } });
  panel.turnTo({ screen: 'reading', progress: 1, consent: 'asked', purpose: { id: 'face-comparison' } });
  panel.signals.press('confirm');
  await expect.poll(() => panel.dispatched).toEqual(['consent-given']);
  asked('phone-calls');
  panel.clock.ms += 400;
  panel.signals.press('confirm');
  panel.signals.press('call-staff');
  await expect.poll(() => panel.dispatched).toEqual(['consent-given', 'staff-called']);
  panel.clock.ms += 1_200;
  panel.signals.press('confirm');
  await expect.poll(() => panel.dispatched).toEqual(['consent-given', 'staff-called', 'consent-given']);
});

test('an opened door and a failing supply are recorded and told, and mended when they are', async () => {
  await using panel = rig(true);
  await expect.poll(() => panel.board.stateOf('signals')).toBe('ready');
  panel.signals.setContact('door', true);
  panel.signals.setContact('power', true);
  await expect
    .poll(() => panel.board.list())
    .toMatchObject([
      { part: 'signals' },
      { part: 'enclosure', state: 'degraded', fault: { code: 'ENCLOSURE_OPEN' } },
      { part: 'power', state: 'faulty', fault: { code: 'POWER_FAILED' } },
    ]);
  panel.signals.setContact('power', false);
  await expect.poll(() => panel.board.stateOf('power')).toBe('ready');
  expect(panel.recorded).toEqual([
    [DOOR_CHANGED, { door: 'open' }],
    [POWER_CHANGED, { power: 'failed' }],
    [POWER_CHANGED, { power: 'restored' }],
  ]);
  // A new link tells the contacts anew: the door that is still open is not taken for shut.
  panel.signals.unplug();
  panel.signals.plugIn();
  await expect.poll(() => panel.recorded.length).toBe(4);
  expect(panel.board.stateOf('enclosure')).toBe('degraded');
});

test('with a presence sensor the lamp rests while nobody is there; without one it never does', async () => {
  await using panel = rig(true);
  await expect.poll(() => panel.signals.lamps).toEqual(['white']);
  panel.signals.setContact('presence', true);
  panel.signals.setContact('presence', false);
  await expect.poll(() => panel.signals.lamps).toEqual([]);
  panel.turnTo({ screen: 'reading', progress: 0, consent: 'asked', purpose: { id: 'face-comparison' } });
  expect(panel.signals.lamps).toEqual(['white']);
  panel.turnTo({ screen: 'idle', expects: 'anybody' });
  panel.signals.setContact('presence', true);
  await expect.poll(() => panel.signals.lamps).toEqual(['white']);
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
