import { expect, test } from 'vitest';
import { SimulatedFaceEngine, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import type { Job } from './acquire.ts';
import type { Person } from './people.ts';
import { chipReference } from './protocols.ts';
import { binOf } from './rates.ts';
import { measureRoll, ROLL_DEGREES, rollJobs, rollPairs } from './roll.ts';
import type { Finding } from './template-cache.ts';

const { signal } = new AbortController();
const people: readonly Person[] = Array.from({ length: 12 }, (_, person) => ({
  half: person % 2 === 0 ? 1 : 2,
  inGroup: false,
  pictures: person === 1 ? ['1/0'] : [`${person}/0`, `${person}/1`, `${person}/2`],
}));

test('pairs are two pictures of a person, the same every time, of half 2 first', () => {
  const pairs = rollPairs(people, 7);
  expect(rollPairs(people, 7)).toEqual(pairs);
  expect(pairs.map(({ person }) => people[person]?.half)).toEqual([2, 2, 2, 2, 2, 1, 1]);
  expect(new Set(pairs.map(({ person }) => person)).size).toBe(7);
  for (const { person, reference, probe } of pairs) {
    expect(people[person]?.pictures).toContain(reference);
    expect(people[person]?.pictures).toContain(probe);
    expect(probe).not.toBe(reference);
  }
  expect(rollPairs(people, 100)).toHaveLength(11);
});

test('a pipeline that loses faces at 90° and takes them for others at 180° is measured so', async () => {
  const engine = new SimulatedFaceEngine();
  const pairs = rollPairs(people, 4);
  const found = new Map<string, Finding>();
  const look = async (job: Job) => {
    const [person = '', frame] = job.picture.split('/');
    const degrees = job.variant.kind === 'turned' ? job.variant.degrees : 0;
    const scene = {
      person: degrees === 180 ? `not ${person}` : person,
      frame: Number(frame),
      // The picture itself hangs 4° to the right.
      quality: { rollDegrees: ((degrees + 184) % 360) - 180 + (degrees === 45 ? 7 : 0) },
      ...(degrees === 90 ? { notAcquired: 'no-face' as const } : {}),
    };
    found.set(JSON.stringify(job), await engine.acquireProbe(simulatedPicture(scene), signal));
  };
  for (const job of [...rollJobs(pairs), ...people.flatMap(({ pictures }) => pictures.map(chipReference))])
    await look(job);
  const figures = measureRoll(
    people,
    pairs,
    (job) => found.get(JSON.stringify(job)) as Finding,
    { match: binOf(0.43) },
    50,
  );
  expect(figures.map(({ degrees }) => degrees)).toEqual(ROLL_DEGREES);
  const at = (degrees: number) => figures.find((one) => one.degrees === degrees);
  expect(at(15)).toMatchObject({ acquired: 1, rollError: 0, at: { match: { tar: 1, fmr: 0, change: { value: 0 } } } });
  expect(at(45)?.rollError).toBe(7);
  expect(at(90)).toMatchObject({
    acquired: 0,
    medianScore: -1,
    at: { match: { tar: 0, change: { value: -1, low: -1, high: -1 } } },
  });
  expect(at(180)).toMatchObject({ acquired: 1, at: { match: { tar: 0 } } });
  expect(at(345)).toMatchObject({ acquired: 1, rollError: 0, at: { match: { tar: 1 } } });
});
