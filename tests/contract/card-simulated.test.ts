import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { describeCardReader } from './card-reader.contract.ts';

describeCardReader('simulated', {
  yankSteps: Array.from({ length: 27 }, (_, i) => i + 1),
  apduLimitMs: 1_000,
  make: async () => {
    const reader = new SimulatedCardReader();
    return {
      reader,
      insert: async (card) => reader.insert(card),
      pull: async () => reader.pull(),
      [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
    };
  },
});
