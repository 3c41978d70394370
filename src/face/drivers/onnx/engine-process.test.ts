import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../tests/fixtures/temp.ts';
import { EngineProcess } from './engine-process.ts';

const START = { modelsDir: 'none', guidanceSize: 640, manyFaces: 'refuse' as const };
const LIMITS = { startMs: 10_000, taskMs: 10_000 };
const FINDING = { kind: 'not-acquired', reason: 'no-face' };
const folder = tempFolder();
const processes: EngineProcess[] = [];

/** A process that does what `body` says on every task: `answer`, `task` and `FINDING` are at hand. */
function make(body: string, limits = LIMITS, beforeReady = ''): EngineProcess {
  const script = join(folder.path, `${processes.length}.mjs`);
  writeFileSync(
    script,
    `import { readTask, writeAnswer as answer } from '${new URL('./task-pipe.ts', import.meta.url)}';
    const FINDING = ${JSON.stringify(FINDING)};
    ${beforeReady}
    answer({ kind: 'ready' });
    for (let task = readTask(); task; task = readTask()) { ${body} }`,
  );
  const face = new EngineProcess(script, START, limits);
  processes.push(face);
  return face;
}
const run = (face: EngineProcess, first = 0) => face.run('guide', Uint8Array.of(first, 2, 3));
const ANSWER = "answer({ kind: 'found', finding: FINDING });";

afterAll(() => folder[Symbol.dispose]());
afterEach(() => Promise.all(processes.splice(0).map((face) => face.close())));

test('a task gets its own copy of the picture; the caller keeps the bytes', async () => {
  const face = make(`answer({ kind: 'found', finding: { kind: task.kind, image: [...task.image] } });
    task.image.fill(0);`);
  const image = Uint8Array.of(7, 8, 9);
  expect(await face.run('acquire-probe', image)).toEqual({ kind: 'acquire-probe', image: [7, 8, 9] });
  expect([...image]).toEqual([7, 8, 9]);
});

describe('a process that fails', () => {
  test.each([
    { name: 'throws', body: `if (task.image[0] === 1) throw new Error('broken'); ${ANSWER}` },
    { name: 'aborts', body: `if (task.image[0] === 1) process.abort(); ${ANSWER}` },
    { name: 'exits', body: `if (task.image[0] === 1) process.exit(3); ${ANSWER}` },
  ])('$name: a fault for the pending task, and a new process for the next one', async ({ body }) => {
    const face = make(body);
    await expect(run(face, 1)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the face process ended' });
    expect(await run(face)).toEqual(FINDING);
  });

  test('hangs: a fault at the limit, and a new process for the next one', async () => {
    const face = make(`if (task.image[0] === 1) for (;;); ${ANSWER}`, { ...LIMITS, taskMs: 300 });
    await expect(run(face, 1)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'no finding within 300 ms' });
    expect(await run(face)).toEqual(FINDING);
  });

  test('reports a fault: it keeps its code and the process lives on', async () => {
    const told = { code: 'FACE_ENGINE', part: 'x', message: 'no' };
    const face = make(`answer(task.image[0] === 1
      ? { kind: 'fault', fault: ${JSON.stringify(told)} } : { kind: 'found', finding: FINDING });`);
    await expect(run(face, 1)).rejects.toMatchObject(told);
    expect(await run(face)).toEqual(FINDING);
  });
});

describe('a process that never is ready', () => {
  test('because a model is missing: every task says so', async () => {
    const told = { code: 'MODEL_MISSING', part: 'm.onnx', message: 'm.onnx: expected model m, found no readable file' };
    const face = make(ANSWER, LIMITS, `answer({ kind: 'fault', fault: ${JSON.stringify(told)} });`);
    await expect(face.ready()).rejects.toMatchObject(told);
    await expect(run(face)).rejects.toMatchObject(told);
  });

  test('because it hangs: a fault at the limit', async () => {
    const face = make(ANSWER, { ...LIMITS, startMs: 300 }, 'for (;;);');
    await expect(face.ready()).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'not ready within 300 ms' });
  });
});

test('closing ends the pending task and refuses the next', async () => {
  const face = make('');
  await face.ready();
  const pending = run(face);
  const refused = expect(pending).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the engine was closed' });
  await Promise.resolve();
  await face.close();
  await refused;
  await expect(run(face)).rejects.toMatchObject({ code: 'FACE_ENGINE', message: 'the engine was closed' });
});
