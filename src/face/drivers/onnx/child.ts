import sharp from 'sharp';
import { wipe } from '../../port.ts';
import { loadManifest } from './load-manifest.ts';
import { loadSessions } from './load-models.ts';
import { type ChildAnswer, type ChildStart, type Finding, plainFault, type Task } from './messages.ts';
import { Pipeline } from './pipeline.ts';

/** The process that runs the models: inference blocks it, and a crash of the runtime ends it, never the station. */
const start = JSON.parse(process.argv[2] ?? '') as ChildStart;
const answer = (message: ChildAnswer) => process.send?.(message);
// The station decides when it ends; it goes with the station. A plain exit would run the runtime's own clean-up.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => undefined);

// Pictures are decoded once and never again: a cache would only keep faces in memory.
sharp.cache(false);
sharp.concurrency(1);

const pipeline = await open().catch((error: unknown) => {
  answer({ kind: 'fault', fault: plainFault(error) });
  return undefined;
});

if (pipeline !== undefined) {
  process.on('message', (task: Task) => {
    perform(pipeline, task)
      .then((finding) => {
        answer({ kind: 'found', finding });
        if ('template' in finding) wipe(finding.template);
      })
      .catch((error: unknown) => answer({ kind: 'fault', fault: plainFault(error) }))
      .finally(() => task.image.fill(0));
  });
  answer({ kind: 'ready' });
}

async function open(): Promise<Pipeline> {
  const models = await loadManifest(start.modelsDir);
  const opened = new Pipeline(models, await loadSessions(models, start.modelsDir), start);
  await opened.warmUp();
  return opened;
}

function perform(face: Pipeline, { kind, image }: Task): Promise<Finding> {
  switch (kind) {
    case 'guide':
      return face.guide(image);
    case 'acquire-reference':
      return face.acquireReference(image);
    case 'acquire-probe':
      return face.acquireProbe(image);
  }
}
