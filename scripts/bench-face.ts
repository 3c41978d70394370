/**
 * `npm run bench:face [-- --json]`: what the face pipeline costs, stage by stage, on the demo people, beside two other
 * libraries on the same pictures in the same run. Needs the models and the demo people; no network.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { compareTemplates } from '../src/face/compare.ts';
import { openOnnxFaceEngine } from '../src/face/drivers/onnx/engine.ts';
import { cpuMsOf, processTree, tryRead } from './bench/process-tree.ts';
import { failWith } from './fetch-models.ts';

const MODELS = resolve(import.meta.dirname, '../models');
const ROUNDS = 60;
const RIVAL_ROUNDS = 12;
const GUIDANCE_SIZE = 1_280;

interface Spread {
  readonly p50: number;
  readonly p95: number;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number);
  return { p50: at(0.5), p95: at(0.95) };
}

/**
 * Wall and CPU time (all threads) of `work`, ms each round, after a few rounds that are not counted.
 * @param pids the processes whose time counts
 */
async function measure(
  rounds: number,
  work: (round: number) => Promise<unknown>,
  pids: readonly number[] = [process.pid],
) {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const cpuBefore = cpuMsOf(pids);
    const start = performance.now();
    await work(Math.abs(round));
    if (round < 0) continue;
    wall.push(performance.now() - start);
    cpu.push(cpuMsOf(pids) - cpuBefore);
  }
  return { wall: spread(wall), cpu: spread(cpu) };
}

async function loadPictures() {
  const people = JSON.parse(await readFile(join(MODELS, 'people/index.json'), 'utf8')) as readonly {
    readonly id: string;
    readonly hasCard: boolean;
  }[];
  const ids = people.filter(({ hasCard }) => hasCard).map(({ id }) => id);
  return Promise.all(
    ids.map(async (id) => ({
      card: await readFile(join(MODELS, 'people', id, 'card.jpg')),
      frame: await readFile(join(MODELS, 'people', id, 'frames/01.jpg')),
    })),
  );
}
type Pictures = Awaited<ReturnType<typeof loadPictures>>;
const pick = (pictures: Pictures, round: number) => pictures[round % pictures.length] as Pictures[number];

/** As the station runs it: in a process of its own. */
async function benchEngine(pictures: Pictures) {
  const { signal } = new AbortController();
  const start = performance.now();
  const options = { modelsDir: MODELS, processes: 1, guidanceSize: GUIDANCE_SIZE, manyFaces: 'refuse' as const };
  await using engine = await openOnnxFaceEngine(options, signal);
  const openMs = rounded(performance.now() - start);
  const first = performance.now();
  await engine.acquireProbe(pick(pictures, 0).frame, signal);
  const firstProbeMs = rounded(performance.now() - first);
  const pids = processTree(process.pid);
  const guide = await measure(ROUNDS, (round) => engine.guide(pick(pictures, round).frame, signal), pids);
  const probe = await measure(ROUNDS, (round) => engine.acquireProbe(pick(pictures, round).frame, signal));
  return {
    openMs,
    firstProbeMs,
    probeMs: probe.wall,
    guidance: {
      size: GUIDANCE_SIZE,
      ms: guide.wall,
      cpuMs: guide.cpu,
      // One core: the slower of the clock and the CPU time that was used.
      fps: Math.floor(1000 / Math.max(guide.wall.p50, guide.cpu.p50)),
    },
    processPssMb: pids.filter((pid) => pid !== process.pid).map(pssMb),
  };
}

const pssMb = (pid: number) =>
  Math.round(Number(/^Pss:\s+(\d+)/m.exec(tryRead(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) / 1024);

/** Stage by stage, in this thread. */
async function benchStages(pictures: Pictures) {
  const { loadManifest } = await import('../src/face/drivers/onnx/load-manifest.ts');
  const { loadSessions } = await import('../src/face/drivers/onnx/load-models.ts');
  const { Pipeline } = await import('../src/face/drivers/onnx/pipeline.ts');
  const stages = await import('../src/face/drivers/onnx/stages.ts');
  const { makeTemplate } = await import('../src/face/drivers/onnx/template.ts');
  const { decodePicture } = await import('../src/face/drivers/onnx/picture.ts');
  const { uprightView } = await import('../src/face/drivers/onnx/turned.ts');
  sharp.cache(false);
  sharp.concurrency(1);
  const models = await loadManifest(MODELS);
  const sessions = await loadSessions(models, MODELS);
  const landmarks = { session: required(sessions.landmarks), model: required(models.landmarks) };
  const ready = await Promise.all(
    pictures.map(async ({ frame }) => {
      const raster = required(await decodePicture(frame, 1_920)).raster;
      const box = required((await stages.detectFaces(sessions.detector, models.detector, raster))[0]).box;
      const points = await stages.findPoints(landmarks.session, landmarks.model, raster, box);
      return { raster, box, points, view: uprightView(raster, 0), aligned: stages.alignFace(raster, points) };
    }),
  );
  const of = (round: number) => ready[round % ready.length] as (typeof ready)[number];
  const time = async (work: (round: number) => Promise<unknown>) => (await measure(ROUNDS, work)).wall;
  const stagesMs = {
    decode: await time((round) => decodePicture(pick(pictures, round).frame, 1_920)),
    detect: await time((round) => stages.detectFaces(sessions.detector, models.detector, of(round).raster)),
    landmarks: await time((round) =>
      stages.findPoints(landmarks.session, landmarks.model, of(round).raster, of(round).box),
    ),
    align: await time(async (round) => stages.alignFace(of(round).raster, of(round).points)),
    recognise: await time(async (round) => {
      const face = of(round);
      const [session, model] = [required(sessions.recognisers[0]), required(models.recognisers[0])];
      const raw = await stages.recognise(session, model, face.aligned);
      const { probe } = models.comparison.mirroring;
      await makeTemplate(sessions.recognisers, models, probe, face.raster, { ...face, raw });
    }),
    attack: await time((round) =>
      stages.scoreAttack(sessions['attack-detector'], models['attack-detector'], of(round).raster, of(round).box),
    ),
  };
  // In a visit guidance has found how the face is turned before a frame is taken: no other turn is tried here.
  const guided = { ...models, comparison: { ...models.comparison, turnBelow: 0 } };
  const pipeline = new Pipeline(guided, sessions, { guidanceSize: GUIDANCE_SIZE, manyFaces: 'refuse' });
  const chip = await measure(ROUNDS, (round) => pipeline.acquireReference(pick(pictures, round).card));
  const transaction = await measure(ROUNDS, async (round) => {
    const { card, frame } = pick(pictures, round);
    const reference = await pipeline.acquireReference(card);
    const probe = await pipeline.acquireProbe(frame);
    if (reference.kind !== 'acquired' || probe.kind !== 'acquired') throw new Error('a demo face was not acquired');
    compareTemplates(probe.template, reference.template);
  });
  // The rivals have no attack detection of use: the ratio leaves it out of ours.
  const template = await measure(ROUNDS, (round) => pipeline.acquireReference(pick(pictures, round).frame));
  return {
    stagesMs,
    chipToTemplateMs: chip.wall,
    transaction: { ms: transaction.wall, cpuMs: transaction.cpu },
    template,
  };
}

type Detect = (image: Buffer) => Promise<boolean>;

const require = createRequire(import.meta.url);
const packageDir = (name: string) => resolve(import.meta.dirname, '../node_modules', name);

async function pixels(image: Buffer) {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  return { data, shape: [info.height, info.width, 3] as const };
}

/** face-api: SSD detector, 68 landmarks, dlib's 128-d template, on TensorFlow.js with WebAssembly. */
async function openFaceApi(): Promise<Detect> {
  const tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm').setWasmPaths(`${packageDir('@tensorflow/tfjs-backend-wasm')}/dist/`);
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  await tf.setBackend('wasm');
  await tf.ready();
  const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
  for (const net of [ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet]) {
    await net.loadFromDisk(`${packageDir('@vladmandic/face-api')}/model`);
  }
  return async (image) => {
    const { data, shape } = await pixels(image);
    const tensor = tf.tensor3d(Int32Array.from(data), shape, 'int32');
    const found = await faceapi
      .detectSingleFace(tensor, new faceapi.SsdMobilenetv1Options())
      .withFaceLandmarks()
      .withFaceDescriptor();
    tensor.dispose();
    return found !== undefined;
  };
}

/** human: blazeface, face mesh, faceres template, on TensorFlow.js with WebAssembly. */
async function openHuman(): Promise<Detect> {
  const folder = packageDir('@vladmandic/human');
  const { Human } = require(`${folder}/dist/human.node-wasm.js`);
  // It asks for its models by URL, and Node's fetch does not read files.
  globalThis.fetch = async (url) => new Response(new Uint8Array(await readFile(fileURLToPath(String(url)))));
  const off = { enabled: false };
  const human = new Human({
    backend: 'wasm',
    wasmPath: `${packageDir('@tensorflow/tfjs-backend-wasm')}/dist/`,
    modelBasePath: `file://${folder}/models/`,
    debug: false,
    cacheSensitivity: 0,
    filter: off,
    face: { enabled: true, detector: { rotation: false }, iris: off, emotion: off, antispoof: off, liveness: off },
    body: off,
    hand: off,
    gesture: off,
    object: off,
  });
  await human.load();
  return async (image) => {
    const { data, shape } = await pixels(image);
    const tensor = human.tf.tensor4d(Float32Array.from(data), [1, ...shape]);
    const { face } = await human.detect(tensor);
    human.tf.dispose(tensor);
    return face[0]?.embedding !== undefined;
  };
}

async function benchRival(open: () => Promise<Detect>, pictures: Pictures, ours: { wall: Spread; cpu: Spread }) {
  const detect = await open();
  let found = 0;
  const { wall, cpu } = await measure(RIVAL_ROUNDS, async (round) => {
    if (await detect(pick(pictures, round).frame)) found++;
  });
  return {
    frameToTemplateMs: wall,
    cpuMs: cpu,
    facesFound: `${found}/${RIVAL_ROUNDS + 5}`,
    timesOurWall: rounded(wall.p50 / ours.wall.p50),
    timesOurCpu: rounded(cpu.p50 / ours.cpu.p50),
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a demo picture shows no face: run ./scripts/setup');
  return value;
}

async function bench() {
  const pictures = await loadPictures();
  const engine = await benchEngine(pictures);
  const { template, ...stages } = await benchStages(pictures);
  return {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version },
    pictures: `${pictures.length} people, 1280×720 JPEG frames, chip JPEG ≤ 5,118 bytes`,
    ...stages,
    frameToTemplate: { ms: template.wall, cpuMs: template.cpu },
    engine,
    rivals: {
      'face-api': await benchRival(openFaceApi, pictures, template),
      human: await benchRival(openHuman, pictures, template),
    },
    goals: {
      transactionCpuAtMost50Ms: stages.transaction.cpuMs.p50 <= 50,
      guidanceAtLeast15Fps: engine.guidance.fps >= 15,
    },
  };
}

/** One line a figure, nested names joined. */
function* lines(value: object, name = ''): Generator<string> {
  for (const [key, inner] of Object.entries(value)) {
    const path = name === '' ? key : `${name}.${key}`;
    if ('p50' in Object(inner)) yield `${path.padEnd(40)} p50 ${inner.p50}  p95 ${inner.p95}`;
    else if (typeof inner === 'object') yield* lines(inner as object, path);
    else yield `${path.padEnd(40)} ${inner}`;
  }
}

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const result = await bench();
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : `${[...lines(result)].join('\n')}\n`);
} catch (error) {
  failWith(error);
}
