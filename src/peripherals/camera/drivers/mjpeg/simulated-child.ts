/** The simulated camera's process: JPEG frames on standard output, scenes in over IPC. Started by `simulated.ts`. */
import { existsSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { answersOf, type Chance, factorsAt, GRID } from './simulated-light.ts';
import { FIRST_SCENE, type SceneCommand } from './simulated-scene.ts';
import { SimulatedSensor, type Still } from './simulated-sensor.ts';
import { sceneOf } from './simulated-still.ts';

const [width = 1280, height = 720, framesPerSecond = 15] = process.argv.slice(2).map(Number);
/** Grey of the wall of an empty room. */
const WALL = 0x77;
/** Room for a frame to wander. */
const MARGIN_PX = 16;

sharp.cache(false);
sharp.concurrency(1);

/** What is shown now: a lit still, or whole frames that are played in a loop. */
type Shown =
  | { readonly kind: 'lit'; readonly still: Still; readonly answers: Float32Array }
  | { readonly kind: 'loop'; readonly frames: readonly Buffer[] };

const sensor = new SimulatedSensor(width, height);
/** A wall in even light: something a detector must find no face in. */
const emptyRoom: Shown = {
  kind: 'lit',
  still: plain(width + MARGIN_PX, height + MARGIN_PX),
  answers: new Float32Array(GRID.columns * GRID.rows),
};

let command: SceneCommand = FIRST_SCENE;
let shown: Shown = { kind: 'loop', frames: [] };
let next = 0;
let isBusy = false;
let isMade = false;
/** Scenes are made one after the other. */
let making: Promise<void> = Promise.resolve();

function leave(complaint: string): never {
  writeSync(2, `${complaint}\n`);
  process.exit(0);
}

function plain(stillWidth: number, stillHeight: number): Still {
  const data = new Uint8Array(stillWidth * stillHeight * 3).fill(WALL);
  return { data, width: stillWidth, height: stillHeight };
}

async function make({ folder, presentation, ambientLux }: SceneCommand): Promise<Shown> {
  if (folder === null) return emptyRoom;
  const scene = presentation === 'replayed' ? undefined : await sceneOf(folder, presentation);
  if (scene && scene.still.width >= width && scene.still.height >= height) {
    const chance: Chance = { slant: 0.2 * (Math.random() - 0.5), glareX: Math.random(), glareY: Math.random() };
    return { kind: 'lit', still: scene.still, answers: answersOf(presentation, scene.places, ambientLux, chance) };
  }
  const inner = join(folder, 'frames');
  const home = existsSync(inner) ? inner : folder;
  const names = readdirSync(home).filter((name) => name.endsWith('.jpg'));
  return { kind: 'loop', frames: names.sort().map((name) => readFileSync(join(home, name))) };
}

process.on('message', (told: SceneCommand) => {
  const { fault } = told;
  if (fault === 'unplug') leave('/dev/video0: No such device');
  if (fault === 'busy') leave('/dev/video0: Device or resource busy');
  if (fault === 'crash') process.kill(process.pid, 'SIGKILL');
  const isSame =
    isMade &&
    told.folder === command.folder &&
    told.presentation === command.presentation &&
    told.ambientLux === command.ambientLux;
  command = told;
  if (isSame) return;
  isMade = true;
  making = making.then(async () => {
    shown = await make(told);
    sensor.reset();
    next = 0;
  });
});
process.on('disconnect', () => process.exit(0));

setInterval(() => void send(), 1000 / framesPerSecond);

async function send(): Promise<void> {
  // A reader that is behind misses frames, as with a real camera.
  if (isBusy || command.fault === 'stall' || process.stdout.writableNeedDrain) return;
  isBusy = true;
  try {
    const frame = await frameOf(shown);
    if (frame) process.stdout.write(frame);
  } finally {
    isBusy = false;
  }
}

async function frameOf(what: Shown): Promise<Buffer | undefined> {
  if (what.kind === 'loop') return what.frames[next++ % what.frames.length];
  const factors = factorsAt(what.answers, command.presentation === 'injected' ? null : command.ring);
  return sensor.frame(what.still, factors, command.autoExposure);
}
