import { expect, test } from 'vitest';
import { compareTemplates, fuseTemplates } from '../../src/face/compare.ts';
import { SimulatedFaceEngine, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import type { Person } from './people.ts';
import {
  chipReference,
  type Find,
  originalProbe,
  pairedPictures,
  pictureTrials,
  severalPicturesTrials,
} from './protocols.ts';
import type { Finding } from './template-cache.ts';

const { signal } = new AbortController();
const people: readonly Person[] = [1, 2, 4, 5].map((count, person) => ({
  half: 1,
  inGroup: false,
  pictures: Array.from({ length: count }, (_, frame) => `${person}/${frame}`),
}));

/** Findings of the simulated engine; `missing` shows no face. */
async function findingsOf(missing: readonly string[]): Promise<Find> {
  const engine = new SimulatedFaceEngine();
  const found = new Map<string, Finding>();
  for (const picture of people.flatMap(({ pictures }) => pictures)) {
    const [person = '', frame] = picture.split('/');
    const scene = {
      person,
      frame: Number(frame),
      ...(missing.includes(picture) ? { notAcquired: 'no-face' as const } : {}),
    };
    found.set(picture, await engine.acquireProbe(simulatedPicture(scene), signal));
  }
  return ({ picture }) => found.get(picture) as Finding;
}

test('every picture is compared with every other picture of the person, never with itself', async () => {
  const find = await findingsOf([]);
  const { references, probes, genuine } = pictureTrials(people, find, chipReference, (one) => [originalProbe(one)], 1);
  expect([references.length, probes.length]).toEqual([12, 12]);
  expect(genuine).toHaveLength(2 * 1 + 4 * 3 + 5 * 4);
  for (const { reference, probe } of genuine) {
    expect(references[reference]?.person).toBe(probes[probe]?.person);
    expect(references[reference]?.attempts).not.toEqual(probes[probe]?.attempts);
  }
});

test('who has too few pictures gives references only', async () => {
  const find = await findingsOf([]);
  const trials = pictureTrials(people, find, chipReference, (one) => [originalProbe(one)], 2);
  expect([trials.references.length, trials.probes.length]).toEqual([12, 11]);
  expect(pairedPictures(people)).toHaveLength(11);
});

test('several pictures: runs of the others in a circle, each set of pictures once', async () => {
  const find = await findingsOf([]);
  const one = severalPicturesTrials(people, find, 1, 'fused');
  expect([one.references.length, one.probes.length, one.genuine.length]).toEqual([12, 9, 4 * 3 + 5 * 4]);
  const three = severalPicturesTrials(people, find, 3, 'fused');
  // Of four pictures, three others are one set for each reference; of five, four runs among four others.
  expect(three.genuine).toHaveLength(4 + 5 * 4);
  expect(three.probes).toHaveLength(4 + 10);
});

test('frames are fused by the shipped function; the reference is not among them', async () => {
  const find = await findingsOf([]);
  const { references, probes, genuine } = severalPicturesTrials(people, find, 3, 'fused');
  // The first person with four pictures: its first reference against the other three.
  const first = genuine.find(({ reference }) => reference === 3);
  const frames = ['2/1', '2/2', '2/3'].map((picture) => find(originalProbe(picture)));
  const expected = fuseTemplates(frames.flatMap((frame) => (frame.kind === 'acquired' ? [frame.template] : [])));
  expect(references[3]?.person).toBe(2);
  expect(compareTemplates(probes[first?.probe ?? -1]?.attempts[0] ?? expected, expected)).toBeCloseTo(1, 6);
});

test('attempts stay apart; frames without a face are left out, and none of them is a failure to acquire', async () => {
  const find = await findingsOf(['2/0', '2/1', '1/0']);
  const attempts = severalPicturesTrials(people, find, 3, 'best-of');
  expect(attempts.probes.map((probe) => probe.attempts.length).toSorted()).toEqual([1, 1, 2, 2, ...Array(10).fill(3)]);
  const { probes } = pictureTrials(people, find, chipReference, (one) => [originalProbe(one)], 1);
  expect(probes.map(({ attempts: made }) => made.length)).toEqual([1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  expect(probes[1]?.templateLength).toBeUndefined();
});
