/**
 * `npm run fuzz [-- --inputs N] [-- --seed S] [-- --only NAME] [-- --json]`: every parser of what comes from outside, N inputs each
 * (default 1,000,000). A crash, a hang or growing memory ends with exit 1 and the seed that repeats it.
 */
import { parseArgs } from 'node:util';
import { mutated, randomOf } from './fuzz/mutate.ts';
import { mustBeFault, TARGETS, type Target } from './fuzz/targets.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
/** One input that takes longer than this hangs. */
const HANG_MS = 2_000;
/** One that takes longer is run again. */
const SLOW_MS = 2;
/** What a heap may grow by over a whole target: more is a leak. */
const GROWTH_MB = 64;

const heapMb = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Runs one input, which may throw coded faults only. @returns how long it took, ms */
async function timed(target: Target, input: Uint8Array): Promise<number> {
  const startedAt = performance.now();
  try {
    await target.run(input);
  } catch (error) {
    mustBeFault(error);
  }
  return performance.now() - startedAt;
}

async function fuzz(name: string) {
  const target = TARGETS[name];
  if (!target) throw new Error(`no such target: ${name}`);
  const random = randomOf(seed);
  const startedAt = performance.now();
  const before = heapMb();
  let slowestMs = 0;
  for (let n = 0; n < inputs; n++) {
    const input = mutated(target.samples, random);
    try {
      let tookMs = await timed(target, input);
      // Most of the slow ones had to wait for the machine: what the parser needs it needs again.
      if (tookMs > SLOW_MS) tookMs = Math.min(tookMs, await timed(target, input), await timed(target, input));
      slowestMs = Math.max(slowestMs, tookMs);
    } catch (error) {
      throw new Error(`${name}: input ${n} of seed ${seed}: ${Buffer.from(input).toString('hex')}`, { cause: error });
    }
    if (slowestMs > HANG_MS) throw new Error(`${name}: input ${n} of seed ${seed} took ${Math.round(slowestMs)} ms`);
  }
  const growthMb = Math.round((heapMb() - before) * 10) / 10;
  if (growthMb > GROWTH_MB) throw new Error(`${name}: the heap grew by ${growthMb} MB`);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { name, inputs, seconds, slowestMs: Math.round(slowestMs * 10) / 10, growthMb };
}

const names = Object.keys(TARGETS).filter((name) => !values.only || name === values.only);
const results = [];
for (const name of names) {
  const result = await fuzz(name);
  results.push(result);
  process.stderr.write(
    `${name}: ${result.inputs} inputs in ${result.seconds} s, slowest ${result.slowestMs} ms, heap grew by ${result.growthMb} MB\n`,
  );
}
if (values.json) process.stdout.write(`${JSON.stringify({ seed, results })}\n`);
