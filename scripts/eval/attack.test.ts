import { expect, test } from 'vitest';
import { SimulatedFaceEngine, type SimulatedScene, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import { bonaFideErrors } from './attack.ts';
import { randomFor } from './random.ts';

const engine = new SimulatedFaceEngine();
const { signal } = new AbortController();
const captureOf = async (person: number, ...scenes: Partial<SimulatedScene>[]) => ({
  person,
  frames: await Promise.all(
    scenes.map((scene) => engine.acquireProbe(simulatedPicture({ person: `${person}`, ...scene }), signal)),
  ),
});

test('a capture is refused by the shipped verdict; one without a face is not counted', async () => {
  const captures = [
    await captureOf(0, { attackScore: 20 }, { attackScore: 1 }, { attackScore: 20 }),
    await captureOf(1, { attackScore: 1 }, { notAcquired: 'no-face' }),
    await captureOf(2, { attackScore: 20 }, { attackScore: null }),
    await captureOf(3, { notAcquired: 'no-face' }),
    await captureOf(4, { attackScore: 20 }),
  ];
  const errors = bonaFideErrors(captures, engine.thresholds, 200, randomFor('attack'));
  expect(errors.value).toBe(0.5);
  expect(errors.low).toBeLessThan(0.5);
  expect(errors.high).toBeGreaterThan(0.5);
  expect(bonaFideErrors(captures, engine.thresholds, 200, randomFor('attack'))).toEqual(errors);
});
