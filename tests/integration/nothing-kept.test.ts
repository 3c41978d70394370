import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { processTree, tryRead } from '../../scripts/bench/process-tree.ts';
import { isOnPath } from '../../src/peripherals/camera/drivers/mjpeg/discover.ts';
import { within } from '../../src/shared/wait.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { openFaceEngine } from '../../src/station/registry.ts';
import { searchMemory } from '../fixtures/search-memory.ts';
import { tempFolder } from '../fixtures/temp.ts';

const PERSON = join(MODELS_DIR, 'people', 'person-1');
const hasBroker = isOnPath('mosquitto') || existsSync('/usr/sbin/mosquitto');
const missing = existsSync(PERSON) && hasBroker ? undefined : 'skipped: it needs models, photographs and mosquitto';
if (missing) process.stderr.write(`Searching the memory after a visit: ${missing} (./scripts/setup).\n`);
const { signal } = new AbortController();
const SCREEN_LIMIT_MS = 60_000;

test.skipIf(missing !== undefined)(
  'after a visit no process of the station holds the photo, a frame, their pixels or a template',
  { timeout: 180_000 },
  async () => {
    const wanted = await canaries();
    using folder = tempFolder();
    await using station = await startStation(folder.path);
    // Frames that come again are an attack, but their bytes are known beforehand.
    const show = { do: 'show-face', face: 'person-1' };
    await station.tell({ do: 'present', presentation: 'replayed' }, show, { do: 'insert-card', person: 'normal' });
    // The search is only worth something if it sees them while they are there.
    const seen = new Set<string>();
    let isOver = false;
    const staff = station.agreeUntil('staff').finally(() => {
      isOver = true;
    });
    for (let wasOver = false; !wasOver; ) {
      wasOver = isOver;
      for (const name of await station.search(wanted)) seen.add(name);
    }
    await staff;
    expect([...seen]).toEqual(expect.arrayContaining(['frame', 'photo', 'reference']));
    await station.tell({ do: 'show-face', face: null }, { do: 'pull-card' });
    await station.agreeUntil('idle');
    await expect.poll(() => station.search(wanted), { timeout: 60_000, interval: 500 }).toEqual([]);
  },
);

/** Bytes that cannot be anything else, from the files and from what this machine computes of them. */
async function canaries(): Promise<Record<string, Uint8Array>> {
  const [photo, frame] = [readFileSync(join(PERSON, 'card.jpg')), readFileSync(join(PERSON, 'frames/01.jpg'))];
  const options = { modelsDir: MODELS_DIR, processes: 1, guidanceSize: 1_280, manyFaces: 'refuse' as const };
  await using engine = await openFaceEngine(options, signal);
  const [reference, probe] = [await engine.acquireReference(photo, signal), await engine.acquireProbe(frame, signal)];
  if (reference.kind !== 'acquired' || probe.kind !== 'acquired') throw new Error('a demo face was not acquired');
  const middle = (bytes: Uint8Array) => bytes.slice(bytes.length / 2, bytes.length / 2 + 40);
  const floats = ({ buffer }: Float32Array) => new Uint8Array(buffer).slice(400, 440);
  const { x, y, width, height } = probe.quality.box;
  return {
    photo: middle(photo),
    frame: middle(frame),
    'photo pixels': await pixels(photo, 0.45, 0.45),
    'frame pixels': await pixels(frame, x + width * 0.3, y + height * 0.4),
    reference: floats(reference.template.vector),
    probe: floats(probe.template.vector),
  };
}

/** Fourteen pixels in a row, as the decoder gives them. @param x @param y parts of width and height */
async function pixels(jpeg: Uint8Array, x: number, y: number): Promise<Uint8Array> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * 3;
  return Uint8Array.from(data.subarray(at, at + 42));
}

/** The command itself, as it is started in earnest: what it sets for its memory is part of what is tested. */
async function startStation(dataDir: string) {
  const command = resolve(import.meta.dirname, '../../scripts/thuengban');
  const child = spawn(command, ['station', '--demo', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let url = '';
  for await (const line of createInterface({ input: child.stderr })) {
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? url;
    if (/^Ready in/.test(line)) break;
  }
  child.stderr.resume();
  const open = async (role: string) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/${role}`, { headers: { origin: url } });
    await once(socket, 'open');
    return socket;
  };
  return {
    async tell(...commands: readonly object[]) {
      const socket = await open('simulator');
      for (const command of commands) socket.send(JSON.stringify({ kind: 'simulate', command }));
      socket.close();
      await once(socket, 'close');
    },
    /** Agrees when it is asked, until this screen is there. */
    async agreeUntil(wanted: string) {
      const citizen = new WebSocket(`${url.replace('http', 'ws')}/ws/citizen`, { headers: { origin: url } });
      const there = Promise.withResolvers<void>();
      citizen.addEventListener('message', ({ data }) => {
        const { screen } = typeof data === 'string' ? (JSON.parse(data).screen ?? {}) : {};
        if (screen === 'reading')
          citizen.send(JSON.stringify({ kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch' }));
        if (screen === wanted) there.resolve();
      });
      // Late, it says so and lets the station go: one that stays would keep the card reader from everybody else.
      await within(there.promise, SCREEN_LIMIT_MS, signal, () => new Error(`the screen never became ${wanted}`));
      citizen.close();
    },
    /** In every process of the station's own program; not in the simulated camera, which has the pictures to show. */
    async search(what: Readonly<Record<string, Uint8Array>>): Promise<readonly string[]> {
      const ours = processTree(child.pid ?? 0).filter((pid) => {
        const line = tryRead(`/proc/${pid}/cmdline`) ?? '';
        return /\/src\/.*\.ts/.test(line) && !line.includes('simulated-child');
      });
      const found = await Promise.all(ours.map((pid) => searchMemory(pid, what)));
      return [...new Set(found.flat())].sort();
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
