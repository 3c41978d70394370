import { expect } from 'vitest';
import { SimulatedSignals } from '../../src/peripherals/signals/drivers/simulated/simulated-signals.ts';
import { describeSignals } from './signals.contract.ts';

describeSignals('simulated', async () => {
  const signals = new SimulatedSignals();
  return {
    signals,
    press: (button) => signals.press(button),
    setContact: (contact, isActive) => signals.setContact(contact, isActive),
    unplug: () => signals.unplug(),
    plugIn: () => signals.plugIn(),
    untilLit: (lamps) => expect.poll(() => signals.lamps, { interval: 5 }).toEqual(lamps),
    untilRing: (level) => expect.poll(() => signals.ringLevel, { interval: 5 }).toBe(level),
    [Symbol.asyncDispose]: () => signals[Symbol.asyncDispose](),
  };
});
