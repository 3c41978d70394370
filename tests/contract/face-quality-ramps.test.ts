import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareTemplates } from '../../src/face/compare.ts';
import type { FaceEngine, FaceQuality } from '../../src/face/port.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { openFaceEngine } from '../../src/station/registry.ts';

const PERSON = join(MODELS_DIR, 'people', 'person-1');
const missing = existsSync(PERSON) ? undefined : 'skipped: models and photographs are not there (./scripts/setup)';
if (missing) process.stderr.write(`Quality on ramps: ${missing}\n`);
const { signal } = new AbortController();

/** Each component of quality (ISO/IEC 29794-5) on a real photograph that is made worse step by step. */
describe.skipIf(missing !== undefined)('quality on ramps of one photograph', () => {
  let engine: FaceEngine;
  let frame: Buffer;
  let size: { width: number; height: number };
  let face: FaceQuality['box'];

  beforeAll(async () => {
    const options = { modelsDir: MODELS_DIR, processes: 1, guidanceSize: 1_280, manyFaces: 'refuse' as const };
    engine = await openFaceEngine(options, signal);
    frame = readFileSync(join(PERSON, 'frames/01.jpg'));
    const { width, height } = await sharp(frame).metadata();
    size = { width, height };
    face = (await look(frame)).box;
  });
  afterAll(async () => engine?.[Symbol.asyncDispose]());

  const png = (picture: Sharp) => picture.png({ compressionLevel: 0 }).toBuffer();
  async function look(image: Uint8Array): Promise<FaceQuality> {
    const finding = await engine.guide(image, signal);
    if (finding.kind !== 'seen') throw new Error(`no face: ${finding.reason}`);
    return finding.quality;
  }
  const ramp = async (steps: readonly number[], change: (step: number) => Promise<Buffer>) => {
    const found: FaceQuality[] = [];
    for (const step of steps) found.push(await look(await change(step)));
    return found;
  };
  const isRising = (values: readonly number[]) =>
    values.every((value, at) => at === 0 || value > (values[at - 1] ?? 0));
  /** A black veil over the picture, its strength by place 0..1. */
  const veil = (strength: (x: number) => number) => {
    const data = Buffer.alloc(size.width * size.height * 4);
    for (let at = 0; at < size.width * size.height; at++)
      data[at * 4 + 3] = Math.round(255 * strength((at % size.width) / size.width));
    return { input: data, raw: { ...size, channels: 4 as const } };
  };

  test('sharpness falls with blur', async () => {
    const found = await ramp([8, 4, 2, 1], (sigma) => png(sharp(frame).blur(sigma)));
    expect(isRising(found.map(({ sharpness }) => sharpness))).toBe(true);
    expect(found[0]?.sharpness).toBeLessThan(10);
  });

  test('brightness rises with gain', async () => {
    const found = await ramp([0.4, 0.7, 1, 1.4], (gain) => png(sharp(frame).linear(gain, 0)));
    const brightness = found.map((quality) => quality.brightness);
    expect(isRising(brightness)).toBe(true);
    expect((brightness[0] ?? 0) / (brightness[2] ?? 1)).toBeCloseTo(0.4, 1);
  });

  test('evenness falls with a shadow from one side', async () => {
    const middle = face.x + face.width / 2;
    const found = await ramp([0.8, 0.5, 0.2, 0], (strength) =>
      png(sharp(frame).composite([veil((x) => (x < middle ? strength : 0))])),
    );
    expect(isRising(found.map(({ evenness }) => evenness))).toBe(true);
    expect(found[0]?.evenness).toBeLessThan(0.4);
  });

  test('the distance between the eyes follows the size of the picture', async () => {
    const found = await ramp([0.25, 0.5, 1], (scale) => png(sharp(frame).resize(Math.round(size.width * scale))));
    const eyes = found.map(({ interEyePx }) => interEyePx);
    expect((eyes[1] ?? 0) / (eyes[0] ?? 1)).toBeCloseTo(2, 0);
    expect((eyes[2] ?? 0) / (eyes[0] ?? 1)).toBeCloseTo(4, 0);
  });

  test('the box follows the face through the picture', async () => {
    const wide = await png(sharp(frame).extend({ left: 150, right: 150, background: '#777' }));
    const found = await ramp([-150, 0, 150], (shift) =>
      png(sharp(wide).extract({ left: 150 - shift, top: 0, ...size })),
    );
    const moved = (at: number) => ((found[at]?.box.x ?? 0) - face.x) * size.width;
    expect(Math.abs(moved(0) + 150)).toBeLessThan(15);
    expect(Math.abs(moved(2) - 150)).toBeLessThan(15);
  });

  test('roll follows a turned picture, and a person who lies is guided no worse', async () => {
    const found = await ramp([-30, -15, 0, 15, 30], (degrees) =>
      png(sharp(frame).rotate(degrees, { background: '#777' })),
    );
    const upright = found[2]?.rollDegrees ?? 0;
    for (const [at, degrees] of [-30, -15, 0, 15, 30].entries())
      expect(Math.abs((found[at]?.rollDegrees ?? 0) - upright - degrees)).toBeLessThan(4);
    await engine.forget();
    const lying = await look(await png(sharp(frame).rotate(90)));
    expect(Math.abs(lying.rollDegrees - upright - 90)).toBeLessThan(4);
    await engine.forget();
  });

  test('a picture is seen as it is, whatever picture came before it', async () => {
    const templateOf = async (image: Buffer) => {
      const finding = await engine.acquireProbe(image, signal);
      if (finding.kind !== 'acquired') throw new Error(finding.reason);
      return finding.template;
    };
    const before = await templateOf(frame);
    await templateOf(await png(sharp(frame).rotate(90)));
    expect(compareTemplates(await templateOf(frame), before)).toBeCloseTo(1, 6);
  });

  test('the template gets shorter with blur, dirt and darkness, each', async () => {
    const lengthOf = async (image: Buffer) => {
      const finding = await engine.acquireProbe(image, signal);
      return finding.kind === 'acquired' ? (finding.quality.templateLength ?? 0) : 0;
    };
    const plain = await lengthOf(frame);
    expect(await lengthOf(await png(sharp(frame).blur(8)))).toBeLessThan(plain);
    expect(await lengthOf(await png(sharp(frame).linear(0.15, 0)))).toBeLessThan(plain);
    const box = (part: number) => ({
      left: Math.round(face.x * size.width),
      top: Math.round((face.y + face.height * part) * size.height),
    });
    const cover = { width: Math.round(face.width * size.width), height: Math.round(face.height * 0.4 * size.height) };
    const mask = { input: { create: { ...cover, channels: 3 as const, background: '#9ab' } }, ...box(0.6) };
    expect(await lengthOf(await png(sharp(frame).composite([mask])))).toBeLessThan(plain);
  });

  test('somebody in the background is no second person; somebody beside is', async () => {
    const head = {
      left: Math.max(0, Math.round((face.x - face.width * 0.4) * size.width)),
      top: Math.max(0, Math.round((face.y - face.height * 0.3) * size.height)),
      width: Math.round(face.width * 1.8 * size.width),
      height: Math.round(face.height * 1.6 * size.height),
    };
    const other = async (scale: number) => {
      const copy = await png(
        sharp(frame)
          .extract(head)
          .resize(Math.round(head.width * scale)),
      );
      const wide = await png(sharp(frame).extend({ right: head.width, background: '#777' }));
      return png(sharp(wide).composite([{ input: copy, left: size.width, top: head.top }]));
    };
    expect((await look(await other(0.3))).faceCount).toBe(1);
    expect(await engine.guide(await other(1), signal)).toMatchObject({ kind: 'not-seen', hint: 'one-person' });
  });

  test('light from behind is told as such, darkness as darkness', async () => {
    const black = await png(sharp(frame).linear(0.25, 0));
    expect(await engine.guide(black, signal)).toMatchObject({ hint: 'more-light' });
    const keep = {
      left: Math.round((face.x - face.width * 0.1) * size.width),
      top: Math.round((face.y - face.height * 0.1) * size.height),
      width: Math.round(face.width * 1.2 * size.width),
      height: Math.round(face.height * 1.2 * size.height),
    };
    const window = sharp({ create: { ...size, channels: 3, background: '#f4f4f4' } });
    const dark = await png(sharp(frame).extract(keep).linear(0.3, 0));
    const backlit = await png(window.composite([{ input: dark, left: keep.left, top: keep.top }]));
    expect(await engine.guide(backlit, signal)).toMatchObject({ hint: 'turn-from-light' });
  });
});
