import { memoryCable } from '../fixtures/cables.ts';
import { serialReaderRig } from '../fixtures/serial-reader-rig.ts';
import { describeCardReader } from './card-reader.contract.ts';

const ALL_STEPS = Array.from({ length: 27 }, (_, i) => i + 1);

describeCardReader('serial, in this process', {
  yankSteps: ALL_STEPS,
  apduLimitMs: 1_500,
  make: () => serialReaderRig(memoryCable),
});
describeCardReader('serial, a reader that tells no changes', {
  yankSteps: [1, 2, 9, 26],
  apduLimitMs: 1_500,
  make: () => serialReaderRig(memoryCable, { tellsChanges: false, slot: 0 }, { slot: 0 }),
});
