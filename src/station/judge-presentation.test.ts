import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseParts } from '../face/attack/parts.ts';
import type { FaceScanner, ScannerFinding, ScannerVerdict } from '../peripherals/face-scanner/port.ts';
import { judge } from '../visit/decide.ts';
import type { AttackVerdict } from '../visit/types.ts';
import { judgePresentation, modulePart } from './judge-presentation.ts';

const { signal } = new AbortController();
const box = { x: 0.4, y: 0.2, width: 0.2, height: 0.4 };
const anyVerdict = fc.constantFrom<AttackVerdict>('bona-fide', 'attack', 'not-run');
const figures = {
  score: 1,
  decision: 'match',
  thresholds: { match: 0, review: 0 },
  statedFmr: 1e-3,
  probes: 1,
  models: [],
} as const;

/** A module that tells these findings and gives these verdicts, one after the other, then waits for the abort. */
function scripted(
  kinds: readonly ScannerVerdict['kind'][],
  findings: readonly ScannerFinding[] = [],
): Pick<FaceScanner, 'judge' | 'watch'> & { asked: number } {
  const left = [...kinds];
  return {
    asked: 0,
    async *watch() {
      yield* findings;
    },
    async judge(_limitMs, stop) {
      this.asked += 1;
      const kind = left.shift();
      if (kind !== undefined) return { kind, startMs: 0, endMs: 1_000, box: null, detail: '' };
      const { promise, reject } = Promise.withResolvers<never>();
      stop.addEventListener('abort', () => reject(stop.reason));
      return await promise;
    },
  };
}
const over = (kinds: readonly ScannerVerdict['kind'][]) => {
  const scanner = scripted(kinds);
  return judgePresentation(scanner as unknown as FaceScanner, 1_000, signal).over([{ atMs: 500, box }]);
};

test('a match is verified only when both detectors say bona fide; without a module the station decides alone', () => {
  fc.assert(
    fc.property(anyVerdict, fc.option(anyVerdict), (attack, scanner) => {
      const model = { id: 'model', verdict: attack, score: 9, isRequired: true };
      const attackParts = scanner === null ? [model] : [model, modulePart(scanner)];
      const evidence = { ...figures, attack: fuseParts(attackParts), attackParts };
      const isSound = attack === 'bona-fide' && (scanner === null || scanner === 'bona-fide');
      expect(judge(evidence).kind === 'matched').toBe(isSound);
      if (attack === 'attack' || scanner === 'attack') expect(evidence.attack).toBe('attack');
    }),
  );
});

test.each([
  { kinds: ['bona-fide'], verdict: 'bona-fide' },
  { kinds: ['attack'], verdict: 'attack' },
  { kinds: ['no-face'], verdict: 'not-run' },
  { kinds: ['not-run'], verdict: 'not-run' },
] as const)('the verdict over the probes after $kinds is $verdict', async ({ kinds, verdict }) => {
  expect(await over(kinds)).toBe(verdict);
});

test('it judges on until the probes are there, and an attack is enough', async () => {
  const scanner = scripted(['no-face', 'not-run', 'bona-fide', 'attack', 'bona-fide']);
  const judging = judgePresentation(scanner as unknown as FaceScanner, 1_000, signal);
  await expect.poll(() => scanner.asked).toBe(4);
  expect(await judging.over([{ atMs: 500, box }])).toBe('attack');
  expect(scanner.asked).toBe(4);
});

test('stopped, it asks no more', async () => {
  const scanner = scripted([]);
  const judging = judgePresentation(scanner as unknown as FaceScanner, 1_000, signal);
  judging.stop();
  await expect(judging.over([])).rejects.toThrow();
  expect(scanner.asked).toBe(1);
});

test.each([
  { seen: [], atMs: 100, hint: null },
  { seen: [{ kind: 'no-face', atMs: 100 }], atMs: 200, hint: 'look-at-camera' },
  { seen: [{ kind: 'face', atMs: 100, hint: 'come-closer', box }], atMs: 1_100, hint: 'come-closer' },
  { seen: [{ kind: 'face', atMs: 100, hint: 'come-closer', box }], atMs: 1_101, hint: null },
  {
    seen: [
      { kind: 'no-face', atMs: 100 },
      { kind: 'face', atMs: 200, hint: null, box },
    ],
    atMs: 300,
    hint: null,
  },
] as const)('of $seen the module wishes $hint at $atMs ms', async ({ seen, atMs, hint }) => {
  const judging = judgePresentation(scripted([], seen) as unknown as FaceScanner, 1_000, signal);
  await expect.poll(() => judging.hint(atMs)).toBe(hint);
  judging.stop();
});
