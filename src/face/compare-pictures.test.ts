import { expect, test } from 'vitest';
import { comparePictures } from './compare-pictures.ts';
import { SimulatedFaceEngine, simulatedPicture } from './drivers/simulated.ts';

const { signal } = new AbortController();
const card = simulatedPicture({ person: 'a', frame: 0 });
const compare = (...probes: Uint8Array[]) => comparePictures(new SimulatedFaceEngine(), card, probes, signal);

test('several frames of the same person match, better together than alone', async () => {
  const frames = [1, 2, 3].map((frame) => simulatedPicture({ person: 'a', frame }));
  const one = await compare(frames[0] as Uint8Array);
  const three = await compare(...frames);
  expect(three).toMatchObject({ decision: 'match', attack: 'bona-fide', reference: { acquired: true, faceCount: 1 } });
  expect(three.probes.map(({ acquired, rollDegrees }) => [acquired, rollDegrees])).toEqual(Array(3).fill([true, 0]));
  expect(three.score as number).toBeGreaterThan(one.score as number);
});

test('another person does not match', async () => {
  expect(await compare(simulatedPicture({ person: 'b' }))).toMatchObject({ decision: 'non-match' });
});

test('probes without a face are reported and left out', async () => {
  const result = await compare(
    simulatedPicture({ person: 'a', notAcquired: 'too-dark' }),
    simulatedPicture({ person: 'a', frame: 2 }),
  );
  expect(result.decision).toBe('match');
  expect(result.probes[0]).toEqual({
    acquired: false,
    reason: 'too-dark',
    quality: null,
    attackScore: null,
    rollDegrees: null,
  });
});

test('with nothing to compare there is no score and no verdict', async () => {
  expect(await compare(simulatedPicture({ person: 'a', notAcquired: 'no-face' }))).toMatchObject({
    decision: 'not-acquired',
    score: null,
    attack: 'not-run',
  });
});

test('the veto stands beside a match', async () => {
  const attacked = await compare(simulatedPicture({ person: 'a', attackScore: -5 }));
  expect(attacked).toMatchObject({ decision: 'match', attack: 'attack' });
  const unseen = await compare(simulatedPicture({ person: 'a', attackScore: null }));
  expect(unseen).toMatchObject({ decision: 'match', attack: 'not-run', probes: [{ attackScore: null }] });
});
