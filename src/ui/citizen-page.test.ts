import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClientMessage, ScreenAids, ServerMessage } from '../kiosk/protocol.ts';
import { createCitizenPage } from './citizen-page.ts';
import { SAMPLE_PROGRAMME } from './preview/sample-programme.ts';

const AIDS: ScreenAids = { audio: 'listen', switches: 'off', switchPaceMs: 3_000, mayStandIn: false };
const LIMITS = { quietMs: 60_000, answerMs: 30_000 };
const screen = (name: 'idle' | 'checking'): ServerMessage => ({
  kind: 'screen',
  language: 'th',
  widthMm: 217,
  place: 'station',
  aids: AIDS,
  screen: name === 'idle' ? { screen: 'idle', expects: 'anybody' } : { screen: 'checking' },
});

function openPage() {
  const sent: ClientMessage[] = [];
  const page = createCitizenPage({ send: (message) => sent.push(message), listen: () => {}, limits: LIMITS });
  page.receive({ kind: 'programme', programme: SAMPLE_PROGRAMME });
  page.receive(screen('idle'));
  return { ...page, sent };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a sheet left alone asks, is extended as often as somebody likes, and then goes', () => {
  const { model, actions } = openPage();
  actions.open({ sheet: 'cards', page: 0 });
  for (let i = 0; i < 20; i += 1) {
    vi.advanceTimersByTime(LIMITS.quietMs);
    expect(model.value.isAskingSheet).toBe(true);
    vi.advanceTimersByTime(LIMITS.answerMs - 1);
    actions.stir();
    expect(model.value).toMatchObject({ isAskingSheet: false, sheet: { sheet: 'cards' } });
  }
  vi.advanceTimersByTime(LIMITS.quietMs + LIMITS.answerMs);
  expect(model.value).toMatchObject({ isAskingSheet: false, sheet: null });
});

test('a new screen of the station takes the glass, and the end of the visit forgets how it was set', () => {
  const { model, actions, receive } = openPage();
  actions.chooseDisplay({ ...model.value.display, text: 1.5 });
  actions.open({ sheet: 'explain', page: 0 });
  receive(screen('checking'));
  expect(model.value).toMatchObject({ sheet: null, display: { text: 1.5 } });
  actions.open({ sheet: 'display' });
  receive(screen('idle'));
  expect(model.value).toMatchObject({ sheet: null, display: { text: 1 } });
});

test('who sets the display and walks away leaves it plain for the next person', () => {
  const { model, actions } = openPage();
  actions.chooseDisplay({ ...model.value.display, hasContrast: true });
  vi.advanceTimersByTime(2 * LIMITS.quietMs);
  expect(model.value.display.hasContrast).toBe(false);
});

test('explained is told once each time it was looked at to the end', () => {
  const { actions, sent } = openPage();
  const last = SAMPLE_PROGRAMME.explain.length;
  for (const page of [0, last, last - 1, last]) actions.open({ sheet: 'explain', page });
  expect(sent).toEqual([{ kind: 'explained' }]);
  actions.close();
  actions.open({ sheet: 'explain', page: last });
  expect(sent.length).toBe(2);
});

test('a lost station leaves nothing on the glass', () => {
  const { model, actions, lose } = openPage();
  actions.open({ sheet: 'cards', page: 3 });
  lose();
  expect(model.value).toMatchObject({ view: { screen: 'out-of-service' }, sheet: null });
});
