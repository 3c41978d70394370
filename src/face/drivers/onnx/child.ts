import sharp from 'sharp';
import { collectGarbage } from '../../../shared/collect-garbage.ts';
import { loadManifest } from './load-manifest.ts';
import { loadSessions } from './load-models.ts';
import { type ChildStart, FILLER_BYTES, type Finding, plainFault, type Task } from './messages.ts';
import { Pipeline } from './pipeline.ts';
import { readTask, writeAnswer } from './task-pipe.ts';

/** The process that runs the models: inference blocks it, and a crash of the runtime ends it, never the station. */
const start = JSON.parse(process.argv[2] ?? '') as ChildStart;
// The station decides when it ends.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => undefined);

// Pictures are decoded once and never again: a cache would only keep faces in memory.
sharp.cache(false);
sharp.concurrency(1);

const pipeline = await open().catch((error: unknown) => {
  writeAnswer({ kind: 'fault', fault: plainFault(error) });
  return undefined;
});

if (pipeline !== undefined) {
  writeAnswer({ kind: 'ready' });
  for (let task = readTask(); task !== undefined; task = readTask()) {
    writeAnswer(
      await perform(pipeline, task).then(
        (finding) => ({ kind: 'found', finding }),
        (error: unknown) => ({ kind: 'fault', fault: plainFault(error) }),
      ),
    );
    task.image.fill(0);
  }
}
// It goes with the station. A plain exit would run the runtime's own clean-up.
process.kill(process.pid, 'SIGKILL');

async function open(): Promise<Pipeline> {
  const models = await loadManifest(start.modelsDir);
  const opened = new Pipeline(models, await loadSessions(models, start.modelsDir), start);
  await opened.warmUp();
  return opened;
}

async function perform(face: Pipeline, { kind, image }: Task): Promise<Finding> {
  switch (kind) {
    case 'guide':
      return face.guide(image);
    case 'acquire-reference':
      return face.acquireReference(image);
    case 'acquire-probe':
      return face.acquireProbe(image);
    case 'forget':
      face.forget();
      await collectGarbage();
      return { kind: 'forgotten', filler: new Uint8Array(FILLER_BYTES) };
  }
}
