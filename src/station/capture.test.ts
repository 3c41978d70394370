import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AnswerMemory } from '../face/attack/answer-memory.ts';
import { StreamWatch } from '../face/attack/stream.ts';
import { SimulatedFaceEngine, type SimulatedScene, simulatedPicture } from '../face/drivers/simulated.ts';
import { ASK_FOR_MS } from '../face/guidance.ts';
import type { FaceEngine, Template } from '../face/port.ts';
import type { Camera, Frame, FrameOrigin } from '../peripherals/camera/port.ts';
import type { HintId } from '../visit/types.ts';
import { type CaptureOptions, capture } from './capture.ts';
import { RingLight } from './ring-light.ts';

const FRAME_MS = 70;
const FIRST: FrameOrigin = { camera: 'first', device: 'usb-1' };
const LEVEL = 0.7;

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());

interface Shot {
  readonly scene?: Partial<SimulatedScene>;
  readonly origin?: FrameOrigin;
}

/** A lamp, and a camera that sees what it shines on; time goes on by one frame at a time. */
function rig(shoot: (frame: number, level: number) => Shot, change: Partial<CaptureOptions> = {}) {
  let level = 0;
  const light = (now: number) => {
    level = now;
  };
  const ring = new RingLight({ link: 'connected', ring: light });
  ring.set(LEVEL);
  let frames = 0;
  const camera: Camera = {
    name: 'first',
    state: { kind: 'streaming' },
    onState: () => () => undefined,
    async *frames(signal) {
      while (!signal.aborted) {
        await vi.advanceTimersByTimeAsync(FRAME_MS);
        const { scene, origin = FIRST } = shoot(frames, level);
        const jpeg = simulatedPicture({ person: 'holder', frame: frames, ...scene });
        const frame: Frame = { jpeg, seq: ++frames, atMs: performance.now(), origin };
        yield frame;
      }
    },
    async [Symbol.asyncDispose]() {},
  };
  const engine = new SimulatedFaceEngine();
  const templates: Template[] = [];
  const face: FaceEngine = {
    thresholds: engine.thresholds,
    models: engine.models,
    guide: (image, signal) => engine.guide(image, signal),
    acquireReference: (image, signal) => engine.acquireReference(image, signal),
    async acquireProbe(image, signal) {
      const probe = await engine.acquireProbe(image, signal);
      if (probe.kind === 'acquired') templates.push(probe.template);
      return probe;
    },
    forget: () => engine.forget(),
    async [Symbol.asyncDispose]() {},
  };
  const options: CaptureOptions = {
    camera,
    face,
    scanner: null,
    challenge: { ring, isRequired: false, leastAnswer: null, memory: new AnswerMemory() },
    stream: new StreamWatch(),
    probesWanted: 3,
    limitMs: 20_000,
    cameraLimitMs: 8_000,
    spacingMs: 200,
    onHint: () => undefined,
    onFrame: () => undefined,
    onProbe: () => undefined,
    ...change,
  };
  return {
    options,
    templates,
    frames: () => frames,
    level: () => level,
    async run() {
      const result = await capture(options, new AbortController().signal);
      if (result.kind !== 'captured') throw new Error(`nothing captured: ${result.reason}`);
      const part = (id: string) => result.parts.find((one) => one.id === id);
      return { ...result, part };
    },
  };
}

/** A face of this answer before a far wall; a thousandth of noise. */
const lit = (level: number, answer: number, shape = 0.3): Partial<SimulatedScene> => {
  const noise = () => 1 + 0.002 * (Math.random() - 0.5);
  const at = (share: number) => 0.2 * (1 + answer * share * level) * noise();
  return {
    light: { face: at(1), centre: at(1 + shape / 2), rim: at(1 - shape / 2), beside: at(0.1), room: 0.2 * noise() },
  };
};

describe('the ring light as a challenge', () => {
  test('a face that answers is bona fide; the lamp has its level back, and no more probes are taken than wanted', async () => {
    const it = rig((_, level) => ({ scene: lit(level, 1) }));
    const { part, probes, reasons } = await it.run();
    expect(reasons).toContain('challenge answers-like-a-face');
    expect(part('challenge')).toMatchObject({ verdict: 'bona-fide', isRequired: false });
    expect(probes).toHaveLength(3);
    expect(it.level()).toBe(LEVEL);
    // The pattern takes about two seconds.
    expect(it.frames() * FRAME_MS).toBeLessThan(2_700);
  });

  test('a stream that does not answer is undecided, and an attack in a place that is known', async () => {
    const silent = (_: number, level: number) => ({ scene: lit(level, 0) });
    expect((await rig(silent).run()).part('challenge')?.verdict).toBe('not-run');
    const known = rig(silent);
    const challenge = { ...(known.options.challenge as object), leastAnswer: 0.1 } as CaptureOptions['challenge'];
    expect((await rig(silent, { challenge }).run()).part('challenge')?.verdict).toBe('attack');
  });

  test('where faces were seen to answer, silence becomes an attack', async () => {
    const memory = new AnswerMemory();
    const run = async (answer: number) => {
      const it = rig((_, level) => ({ scene: lit(level, answer) }));
      const challenge = { ...it.options.challenge, memory } as CaptureOptions['challenge'];
      Object.assign(it.options, { challenge });
      return (await it.run()).part('challenge')?.verdict;
    };
    expect(await run(0)).toBe('not-run');
    for (let visit = 0; visit < 4; visit++) expect(await run(1)).toBe('bona-fide');
    expect(await run(0)).toBe('attack');
  });

  test.each([
    { isRequired: false, part: undefined },
    { isRequired: true, part: { verdict: 'not-run', isRequired: true } },
  ])('no panel, required $isRequired', async ({ isRequired, part }) => {
    const challenge = { ring: null, isRequired, leastAnswer: null, memory: new AnswerMemory() };
    const it = rig(() => ({}), { challenge });
    const found = (await it.run()).part('challenge');
    if (part) expect(found).toMatchObject(part);
    else expect(found).toBeUndefined();
    expect(it.frames() * FRAME_MS).toBeLessThan(1_000);
  });

  test('a person who is never seen well is not held up by it, and the lamp stays as it was', async () => {
    const it = rig(() => ({ scene: { hint: 'hold-still' } }), { limitMs: 2_000 });
    const { probes, part } = await it.run();
    expect(probes).toHaveLength(1);
    expect(part('challenge')).toBeUndefined();
    expect(it.level()).toBe(LEVEL);
  });
});

describe('what not everybody can do', () => {
  const told = (quality: SimulatedScene['quality'], untilFrame = Number.POSITIVE_INFINITY) => {
    const hints = new Set<HintId | null>();
    const shoot = (frame: number) => (frame < untilFrame ? { scene: { quality: quality ?? {} } } : {});
    return { hints, it: rig(shoot, { challenge: null, onHint: (hint) => hints.add(hint) }) };
  };

  test.each([
    { name: 'eyes that stay closed', quality: { eyesOpen: 0 }, hint: 'open-eyes' },
    { name: 'a face that stays covered', quality: { templateLength: 2.4 }, hint: 'uncover-face' },
    { name: 'a head that stays turned', quality: { turn: 0.6 }, hint: 'look-straight' },
  ])('$name: asked for four seconds, then taken as they are', async ({ quality, hint }) => {
    const { it, hints } = told(quality);
    const { probes } = await it.run();
    expect(probes).toHaveLength(3);
    expect([...hints]).toContain(hint);
    expect(it.frames() * FRAME_MS).toBeGreaterThan(ASK_FOR_MS);
    expect(it.frames() * FRAME_MS).toBeLessThan(ASK_FOR_MS + 2_500);
  });

  test('a mask that is taken off: only the frames without it are compared, the others are overwritten', async () => {
    const { it } = told({ templateLength: 2.4 }, 30);
    const { probes } = await it.run();
    expect(probes.map(({ quality }) => (quality.templateLength ?? 0) > 3)).toContain(true);
    const dropped = it.templates.filter((template) => probes.every((probe) => probe.template !== template));
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped.every(({ vector }) => vector.every((value) => value === 0))).toBe(true);
  });
});

describe('the stream of frames', () => {
  test('another camera takes over: what the first has seen is dropped and overwritten', async () => {
    const second: FrameOrigin = { camera: 'second', device: 'usb-2' };
    const it = rig((frame, level) => ({ origin: frame < 8 ? FIRST : second, scene: lit(level, 1) }));
    const { probes, part } = await it.run();
    expect(part('stream')?.verdict).toBe('bona-fide');
    expect(part('challenge')?.verdict).toBe('bona-fide');
    const dropped = it.templates.slice(0, it.templates.length - probes.length);
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped.every(({ vector }) => vector.every((value) => value === 0))).toBe(true);
  });

  test('another device in its place is an attack, and so are frames that come back or have no noise', async () => {
    const other: FrameOrigin = { camera: 'first', device: 'usb-9' };
    const swapped = rig((frame) => ({ origin: frame < 3 ? FIRST : other }));
    expect((await swapped.run()).reasons).toContain('stream camera-swapped');
    const looped = rig((frame) => ({ scene: { frame: frame % 5 } }));
    expect((await looped.run()).reasons).toContain('stream frame-came-back');
    const clean = rig(() => ({ scene: { same: 1 } }));
    expect((await clean.run()).part('stream')?.verdict).toBe('attack');
  });
});
