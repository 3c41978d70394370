import { describe, test } from 'vitest';
import { openOnnxFaceEngine } from '../../src/face/drivers/onnx/engine.ts';
import { SimulatedFaceEngine, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import { cardOf, framesOf, MODELS_DIR, missingModels, twoPeople, wall } from '../fixtures/face-pictures.ts';
import { describeFaceEngine } from './face-engine.contract.ts';

describeFaceEngine('simulated', async () => ({
  engine: new SimulatedFaceEngine(),
  pictures: {
    card: simulatedPicture({ person: 'a' }),
    frames: [1, 2, 3].map((frame) => simulatedPicture({ person: 'a', frame })),
    otherPerson: simulatedPicture({ person: 'b' }),
    attack: [simulatedPicture({ person: 'a', attackScore: -5 })],
    twoPeople: simulatedPicture({ person: 'a', notAcquired: 'many-faces' }),
    emptyRoom: simulatedPicture({ person: 'a', notAcquired: 'no-face' }),
    darkRoom: simulatedPicture({ person: 'a', notAcquired: 'too-dark' }),
    broken: [new Uint8Array(0)],
  },
}));

const missing = missingModels();
if (missing === undefined) {
  describeFaceEngine('onnx', async () => ({
    engine: await openOnnxFaceEngine(
      { modelsDir: MODELS_DIR, processes: 1, guidanceSize: 1_280, manyFaces: 'refuse' },
      new AbortController().signal,
    ),
    pictures: {
      card: cardOf('person-1'),
      frames: framesOf('person-1'),
      otherPerson: framesOf('person-2')[0] as Uint8Array,
      attack: framesOf('print-of-person-1'),
      twoPeople: await twoPeople('person-1', 'person-3'),
      emptyRoom: await wall(140),
      darkRoom: await wall(3),
      broken: [
        new Uint8Array(0),
        new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        cardOf('person-1').slice(0, 2_000),
        Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3),
      ],
    },
  }));
} else describe.skip(`face engine: onnx (${missing})`, () => test('needs the models', () => {}));
