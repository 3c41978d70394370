import { allModels } from '../../../manifest.ts';
import { loadManifest } from '../load-manifest.ts';
import { loadSession } from '../load-models.ts';
import { plainFault } from '../messages.ts';
import { selfTest } from '../self-test.ts';
import type { ExamineMessage } from './examine-models.ts';

/** Loads and tries one model after the other in a process of its own: a broken file may take the runtime, and it, along. */
const modelsDir = process.argv[2] ?? '';
const say = (message: ExamineMessage) => process.send?.(message);
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

for (const [index, model] of allModels(await loadManifest(modelsDir)).entries()) {
  const startedAt = performance.now();
  try {
    const values = await selfTest(await loadSession(model, modelsDir), model);
    say({ kind: 'well', index, values, ms: performance.now() - startedAt });
  } catch (error) {
    say({ kind: 'fault', index, fault: plainFault(error) });
  }
}
say({ kind: 'done' });
