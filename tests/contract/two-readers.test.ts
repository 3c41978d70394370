import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { memoryCable } from '../fixtures/cables.ts';
import { serialReaderRig } from '../fixtures/serial-reader-rig.ts';
import type { CardReaderRig } from './card-reader.contract.ts';
import { describeTwoReaders } from './two-readers.contract.ts';

function simulatedRig(): CardReaderRig {
  const reader = new SimulatedCardReader();
  return {
    reader,
    insert: async (card) => reader.insert(card),
    pull: async () => reader.pull(),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

describeTwoReaders('simulated', async () => [simulatedRig(), simulatedRig()]);
describeTwoReaders('serial', async () => [await serialReaderRig(memoryCable), await serialReaderRig(memoryCable)]);
