import { expect, test } from 'vitest';
import { SimulatedFaceEngine, type SimulatedScene, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import { judgeCaptures, KINDS, letsThrough, type SeenCapture } from './attack-captures.ts';
import { attackFigures, writeAttackReport } from './attack-report.ts';

const engine = new SimulatedFaceEngine();
const { signal } = new AbortController();

/** A capture of three frames as the simulated engine sees it. */
async function capture(
  person: number,
  kind: SeenCapture['kind'],
  scene: Partial<SimulatedScene>,
): Promise<SeenCapture> {
  const reference = await engine.acquireReference(simulatedPicture({ person: `${person}` }), signal);
  if (reference.kind !== 'acquired') throw new Error('no reference');
  const findings = await Promise.all(
    [1, 2, 3].map((frame) => engine.acquireProbe(simulatedPicture({ person: `${person}`, frame, ...scene }), signal)),
  );
  return { person, kind, reference: reference.template, probes: findings.filter((one) => one.kind === 'acquired') };
}

/** Forty people: the model lets every second print through, card photos are told by their picture, screens show no face. */
const seen = (
  await Promise.all(
    Array.from({ length: 40 }, (_, person) =>
      Promise.all([
        capture(person, 'bona-fide', {}),
        capture(person, 'print-photo', { attackScore: person % 2 === 0 ? 20 : -5 }),
        capture(person, 'print-card-photo', { isCardPhoto: true }),
        capture(person, 'screen-photo', { notAcquired: 'no-face' }),
        capture(person, 'screen-card-photo', { isCardPhoto: true }),
        capture(person, 'cut-out', { cues: { contrast: 12, sharper: -3 } }),
        capture(person, 'replayed-card-photo', { isCardPhoto: true }),
      ]),
    ),
  )
).flat();
const figures = attackFigures(seen, judgeCaptures(seen, engine.thresholds), engine.thresholds, 3, 100);

test('every part is counted alone and fused, by species', () => {
  const value = (part: keyof typeof figures.errors) =>
    Object.fromEntries(KINDS.map((kind) => [kind, figures.errors[part][kind].value]));
  expect(value('model')).toMatchObject({ 'bona-fide': 0, 'print-photo': 0.5, 'print-card-photo': 1, 'cut-out': 1 });
  expect(value('card-copy')).toMatchObject({ 'bona-fide': 0, 'print-photo': 1, 'print-card-photo': 0 });
  expect(value('photometry')).toMatchObject({ 'bona-fide': 0, 'print-photo': 1, 'cut-out': 0 });
  expect(value('fused')).toMatchObject({ 'bona-fide': 0, 'print-photo': 0.5, 'replayed-card-photo': 0, 'cut-out': 1 });
  expect(value('fusedWithLight')).toMatchObject({ 'bona-fide': 0, 'print-photo': 0.5, 'cut-out': 0 });
  expect(figures.verified['print-photo'].value).toBe(0.5);
});

test('captures without a face are told apart and in no rate', () => {
  expect(figures.nonResponse['screen-photo']).toBe(1);
  expect(figures.errors.fused['screen-photo'].value).toBeNaN();
  expect(figures.nonResponse['bona-fide']).toBe(0);
});

test('a part that must judge and did not lets nothing through; one that need not does', () => {
  const part = { id: 'x', verdict: 'not-run', score: null } as const;
  expect(letsThrough({ ...part, isRequired: true })).toBe(false);
  expect(letsThrough({ ...part, isRequired: false })).toBe(true);
});

test('the report has every species, and a dash where nothing is known', () => {
  const run = { date: 'd', command: 'c', machine: 'm', models: ['a@b'], thresholds: engine.thresholds, rounds: 100 };
  const report = writeAttackReport(run, figures);
  for (const kind of KINDS.slice(1)) expect(report).toContain(kind);
  expect(report).toMatch(/\| model +\| 0\.00/);
  expect(report).not.toMatch(/NaN|undefined/);
});
