import { ptyCable } from '../../tests/fixtures/cables.ts';
import { fm225Rig, realsenseRig } from '../../tests/fixtures/scanner-rig.ts';
import { type Spread, spread, until } from './timing.ts';

export interface VerdictTimes {
  readonly model: string;
  readonly rounds: number;
  readonly cableToReadyMs: number;
  /** Asked to answered, by a module that needs no time to look. */
  readonly roundTripMs: Spread;
}

const PACED = { baudRate: 115_200 } as const;
const LIMIT_MS = 5_000;

/** Verdicts of both modules over a real pseudo-terminal and the real serialport, bytes paced to the line's speed. */
export async function measureVerdicts(rounds: number): Promise<readonly VerdictTimes[]> {
  const results: VerdictTimes[] = [];
  for (const [model, make] of [
    ['fm225', () => fm225Rig(ptyCable, PACED)],
    ['realsense-id', () => realsenseRig(ptyCable, PACED)],
  ] as const) {
    const startedAt = performance.now();
    await using rig = await make();
    await until(`${model} ready`, () => rig.scanner.fault === undefined);
    const cableToReadyMs = Math.round(performance.now() - startedAt);
    rig.look(0);
    const samples: number[] = [];
    for (let n = 0; n < rounds; n++) {
      const askedAt = performance.now();
      const { kind, detail } = await rig.scanner.judge(LIMIT_MS, new AbortController().signal);
      samples.push(performance.now() - askedAt);
      if (kind !== 'bona-fide') throw new Error(`${model}: ${kind}, ${detail}`);
    }
    const roundTripMs = spread(samples);
    process.stderr.write(`${model}: verdict after ${roundTripMs.p50} ms (p95 ${roundTripMs.p95})\n`);
    results.push({ model, rounds, cableToReadyMs, roundTripMs });
  }
  return results;
}
