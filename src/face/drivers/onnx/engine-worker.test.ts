import { afterEach, describe, expect, test } from 'vitest';
import { EngineWorker } from './engine-worker.ts';

const START = { modelsDir: 'none', guidanceSize: 640, manyFaces: 'refuse' as const };
const LIMITS = { startMs: 10_000, taskMs: 10_000 };
const FINDING = { kind: 'not-acquired', reason: 'no-face' };
const workers: EngineWorker[] = [];

/** A worker thread that does what `body` says on every task: `port`, `task` and `FINDING` are at hand. */
function make(body: string, limits = LIMITS, beforeReady = ''): EngineWorker {
  const code = `import { parentPort as port } from 'node:worker_threads';
    const FINDING = ${JSON.stringify(FINDING)};
    ${beforeReady}
    port.on('message', (task) => { ${body} });
    port.postMessage({ kind: 'ready' });`;
  const worker = new EngineWorker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), START, limits);
  workers.push(worker);
  return worker;
}
const run = (worker: EngineWorker, first = 0) => worker.run('guide', Uint8Array.of(first, 2, 3));
const ANSWER = "port.postMessage({ kind: 'found', finding: FINDING });";

afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.close())));

test('a task gets its own copy of the picture; the caller keeps the bytes', async () => {
  const worker = make(`port.postMessage({ kind: 'found', finding: { kind: task.kind, image: [...task.image] } });
    task.image.fill(0);`);
  const image = Uint8Array.of(7, 8, 9);
  expect(await worker.run('acquire-probe', image)).toEqual({ kind: 'acquire-probe', image: [7, 8, 9] });
  expect([...image]).toEqual([7, 8, 9]);
});

describe('a thread that fails', () => {
  test.each([
    { name: 'throws', body: `if (task.image[0] === 1) throw new Error('broken'); ${ANSWER}` },
    { name: 'exits', body: `if (task.image[0] === 1) process.exit(3); ${ANSWER}` },
  ])('$name: a fault for the pending task, and a new thread for the next one', async ({ body }) => {
    const worker = make(body);
    await expect(run(worker, 1)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the worker thread ended' });
    expect(await run(worker)).toEqual(FINDING);
  });

  test('hangs: a fault at the limit, and a new thread for the next one', async () => {
    const worker = make(`if (task.image[0] === 1) for (;;); ${ANSWER}`, { ...LIMITS, taskMs: 300 });
    await expect(run(worker, 1)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'no finding within 300 ms' });
    expect(await run(worker)).toEqual(FINDING);
  });

  test('reports a fault: it keeps its code and the thread lives on', async () => {
    const told = { code: 'FACE_ENGINE', part: 'x', message: 'no' };
    const worker = make(`port.postMessage(task.image[0] === 1
      ? { kind: 'fault', fault: ${JSON.stringify(told)} } : { kind: 'found', finding: FINDING });`);
    await expect(run(worker, 1)).rejects.toMatchObject(told);
    expect(await run(worker)).toEqual(FINDING);
  });
});

describe('a thread that never is ready', () => {
  test('because a model is missing: every task says so', async () => {
    const told = { code: 'MODEL_MISSING', part: 'm.onnx', message: 'm.onnx: expected model m, found no readable file' };
    const worker = make(ANSWER, LIMITS, `port.postMessage({ kind: 'fault', fault: ${JSON.stringify(told)} });`);
    await expect(worker.ready()).rejects.toMatchObject(told);
    await expect(run(worker)).rejects.toMatchObject(told);
  });

  test('because it hangs: a fault at the limit', async () => {
    const worker = make(ANSWER, { ...LIMITS, startMs: 300 }, 'for (;;);');
    await expect(worker.ready()).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'not ready within 300 ms' });
  });
});

test('closing ends the pending task and refuses the next', async () => {
  const worker = make('');
  await worker.ready();
  const pending = run(worker);
  const refused = expect(pending).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the engine was closed' });
  await Promise.resolve();
  await worker.close();
  await refused;
  await expect(run(worker)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the engine was closed' });
});
