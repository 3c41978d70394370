import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lamp } from '../../src/peripherals/signals/patterns.ts';
import type { Signals, SignalsEvent } from '../../src/peripherals/signals/port.ts';

/** A panel with somebody before it. */
export interface SignalsRig extends AsyncDisposable {
  readonly signals: Signals;
  press(button: 'call-staff' | 'confirm'): void | Promise<void>;
  setContact(contact: 'presence' | 'door' | 'power', isActive: boolean): void | Promise<void>;
  unplug(): void | Promise<void>;
  plugIn(): void | Promise<void>;
  /** Resolves when just these lamps are lit. */
  untilLit(lamps: readonly Lamp[]): Promise<void>;
  /** Resolves when the ring light has this level, 0..1, within a hundredth. */
  untilRing(level: number): Promise<void>;
}

/** The suite that every {@link Signals} passes, on its simulator and on the emulated panel alike. */
export function describeSignals(name: string, make: () => Promise<SignalsRig>): void {
  describe(`signals contract: ${name}`, () => {
    let rig: SignalsRig;
    let stop: AbortController;
    let events: AsyncIterator<SignalsEvent>;
    const next = async () => (await events.next()).value as SignalsEvent;
    const untilLink = async (link: 'connected' | 'lost') => {
      for (let event = await next(); event.kind !== 'link-changed' || event.link !== link; ) event = await next();
    };
    beforeEach(async () => {
      rig = await make();
      stop = new AbortController();
      events = rig.signals.events(stop.signal)[Symbol.asyncIterator]();
      await untilLink('connected');
    });
    afterEach(async () => {
      stop.abort();
      await rig[Symbol.asyncDispose]();
    });

    test('is dark until told otherwise, then shows what it is told last', async () => {
      expect(rig.signals).toMatchObject({ link: 'connected', fault: undefined });
      await rig.untilLit([]);
      rig.signals.show('go-on');
      await rig.untilLit(['white']);
      rig.signals.show('done');
      await rig.untilLit(['green']);
      rig.signals.show('fault');
      await rig.untilLit(['red']);
      rig.signals.show('off');
      await rig.untilLit([]);
    });

    test('staff: amber goes on, off and on again', async () => {
      rig.signals.show('staff');
      await rig.untilLit(['amber']);
      await rig.untilLit([]);
      await rig.untilLit(['amber']);
    });

    test('the ring light takes any level, and clips what is none', async () => {
      for (const [wanted, level] of [
        [0.25, 0.25],
        [7, 1],
        [0.5, 0.5],
        [-1, 0],
        [1, 1],
        [Number.NaN, 0],
      ] as const) {
        rig.signals.ring(wanted);
        await rig.untilRing(level);
      }
    });

    test.each(['call-staff', 'confirm'] as const)('every press of %s is told once', async (button) => {
      await rig.press(button);
      expect(await next()).toEqual({ kind: 'button-pressed', button });
      await rig.press(button);
      expect(await next()).toEqual({ kind: 'button-pressed', button });
    });

    test.each([
      { contact: 'presence', active: 'presence-began', rest: 'presence-ended' },
      { contact: 'door', active: 'door-opened', rest: 'door-closed' },
      { contact: 'power', active: 'power-failed', rest: 'power-restored' },
    ] as const)('$active, $rest', async ({ contact, active, rest }) => {
      await rig.setContact(contact, true);
      expect(await next()).toEqual({ kind: active });
      await rig.setContact(contact, false);
      expect(await next()).toEqual({ kind: rest });
    });

    test('whoever comes later is told link and contacts as they are', async () => {
      await rig.setContact('door', true);
      expect(await next()).toEqual({ kind: 'door-opened' });
      const late = rig.signals.events(stop.signal)[Symbol.asyncIterator]();
      expect((await late.next()).value).toEqual({ kind: 'link-changed', link: 'connected' });
      expect((await late.next()).value).toEqual({ kind: 'door-opened' });
    });

    test('an unplugged panel is told, and shows what was wanted meanwhile when it is back', async () => {
      rig.signals.show('go-on');
      await rig.untilLit(['white']);
      await rig.unplug();
      await untilLink('lost');
      expect(rig.signals.link).toBe('lost');
      expect(rig.signals.fault).toMatchObject({ code: expect.stringMatching(/^PANEL_/) });
      rig.signals.show('done');
      rig.signals.ring(0.5);
      await rig.setContact('power', true);
      await rig.plugIn();
      await untilLink('connected');
      expect(rig.signals.fault).toBeUndefined();
      await rig.untilLit(['green']);
      await rig.untilRing(0.5);
      expect(await next()).toEqual({ kind: 'power-failed' });
    });

    test('an aborted listener ends quietly, and another hears on', async () => {
      const other = new AbortController();
      const leaving = rig.signals.events(other.signal)[Symbol.asyncIterator]();
      await leaving.next();
      const end = leaving.next();
      other.abort();
      expect(await end).toEqual({ done: true, value: undefined });
      await rig.press('confirm');
      expect(await next()).toMatchObject({ kind: 'button-pressed' });
    });

    test('closing darkens the panel and ends the listeners', async () => {
      rig.signals.show('go-on');
      rig.signals.ring(1);
      await rig.untilLit(['white']);
      await rig.signals[Symbol.asyncDispose]();
      await rig.untilLit([]);
      await rig.untilRing(0);
      expect(await next()).toEqual({ kind: 'link-changed', link: 'lost' });
      expect((await events.next()).done).toBe(true);
      rig.signals.show('done');
      rig.signals.ring(1);
      await rig.signals[Symbol.asyncDispose]();
    });
  });
}
