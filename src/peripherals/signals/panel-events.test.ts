import { expect, test } from 'vitest';
import { PanelEvents } from './panel-events.ts';

test('another reason for a lost panel is told', async () => {
  const events = new PanelEvents();
  const seen = Array.fromAsync(events.listen(new AbortController().signal));
  events.setLink('lost', 'PANEL_LOST');
  events.setLink('lost', 'PANEL_LOST');
  events.setLink('lost', 'PANEL_FOREIGN');
  events.close();
  const lost = { kind: 'link-changed', link: 'lost' };
  expect(await seen).toEqual([lost, lost, lost]);
});

test('without a link nothing is pressed, and a new link begins with contacts at rest', async () => {
  const events = new PanelEvents();
  events.setLink('connected', null);
  const seen = Array.fromAsync(events.listen(new AbortController().signal));
  events.setContact('door', true);
  events.setContact('door', true);
  events.setLink('lost', 'PANEL_LOST');
  events.press('confirm');
  events.setContact('presence', true);
  events.setLink('connected', null);
  events.setContact('door', true);
  events.setContact('presence', false);
  events.press('confirm');
  events.close();
  expect((await seen).map((event) => (event.kind === 'link-changed' ? event.link : event.kind))).toEqual([
    'connected',
    'door-opened',
    'lost',
    'connected',
    'door-opened',
    'button-pressed',
  ]);
});
