import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/face/manifest.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { detectorOf, MEAN, modelsOf } from '../fixtures/small-models/family.ts';
import { type Manifest, writeModels } from '../fixtures/small-models/models.ts';
import { tempFolder } from '../fixtures/temp.ts';

const PEOPLE = 24;
/** Recognisers see colours: everybody has one. */
const FED = { ...MEAN, mean: [60, 60, 60] };

/** A models folder of small models that work, or almost. */
function makeModels(path: string, change: (manifest: Manifest) => void = () => {}): string {
  mkdirSync(path);
  writeModels(path, modelsOf(detectorOf('yunet'), 'yunet', FED), change);
  return path;
}

/** One coloured patch for a face; `shade` tells one picture of a person from the other. */
async function picture(path: string, person: number, shade: number): Promise<void> {
  const angle = (2 * Math.PI * person) / PEOPLE;
  const level = (value: number) => Math.round(128 + 100 * value + shade);
  const patch = { r: 250, g: level(Math.cos(angle)), b: level(Math.sin(angle)) };
  const face = await sharp({ create: { width: 64, height: 64, channels: 3, background: patch } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 256, height: 256, channels: 3, background: '#1e1e1e' } })
    .composite([{ input: face, left: 64, top: 128 }])
    .png()
    .toFile(path);
}

describe('models commands', () => {
  const folder = tempFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const data = at('data');
  const pictures = at('pictures');
  beforeAll(async () => {
    makeModels(at('own'));
    mkdirSync(pictures);
    for (let person = 0; person < PEOPLE; person++) {
      const own = join(pictures, `p${String(person).padStart(2, '0')}`);
      mkdirSync(own);
      await picture(join(own, 'card.png'), person, 0);
      await picture(join(own, 'live-1.png'), person, 6);
    }
    const half = Array.from({ length: PEOPLE }, (_, person) => `p${String(person).padStart(2, '0')},all of us`);
    writeFileSync(join(pictures, 'groups.csv'), `person,group\n${half.join('\n')}\n`);
  });
  afterAll(() => folder[Symbol.dispose]());

  test('list tells role, id, hash, licence, training data and thresholds with their origin', async () => {
    const listed = await thuengban(['models', 'list', '--data', data]);
    expect(listed.code).toBe(0);
    for (const part of ['detector', 'fr_feature', '87aacdfe', 'MIT', 'undisclosed', 'match ≥', 'calibrated on LFW'])
      expect(listed.stdout).toContain(part);
    const own = JSON.parse((await thuengban(['models', 'list', at('own'), '--json'])).stdout);
    expect(own).toMatchObject({
      isShipped: false,
      models: [
        { role: 'detector', id: 'small_yunet', licence: { trainingData: 'none' } },
        { role: 'recogniser', weight: 1 },
        { role: 'attack-detector', thresholds: { bonaFide: 0 } },
      ],
      comparison: { thresholds: { match: 0.9 } },
    });
  });

  test('check passes what is well, and prints the values that a self-test needs', async () => {
    const { code, stdout } = await thuengban(['models', 'check', at('own'), '--self-test-values']);
    expect(code).toBe(0);
    expect(stdout.match(/^well /gm)).toHaveLength(3);
    expect(stdout).toMatch(/"selfTest": \[[-0-9., ]+\]/);
  });

  test('check names each model that is not, in words and as JSON', async () => {
    const bad = makeModels(at('bad'), (json) => {
      Object.assign(json.models[0] ?? {}, { sha256: '0'.repeat(64) });
      Object.assign(json.models[1]?.['output'] ?? {}, { dim: 512 });
    });
    const { code, stdout } = await thuengban(['models', 'check', bad, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      models: [
        {
          id: 'small_yunet',
          fault: { code: 'MODEL_CHECKSUM', message: expect.stringContaining('expected sha256 000') },
        },
        { id: 'small_recogniser', fault: { code: 'MODEL_MISMATCH', message: expect.stringContaining('512') } },
        { id: 'small_attack', fault: null },
      ],
    });
    const words = await thuengban(['models', 'check', bad]);
    expect(words.code).toBe(1);
    expect(words.stdout).toMatch(/FAULT detector .*small_yunet\n {2}MODEL_CHECKSUM/);
    expect(words.stdout).toMatch(/[ก-๙]/);
  });

  test('use checks first, tells what changes, and writes the one setting', async () => {
    const settings = join(data, 'settings.json');
    mkdirSync(data, { recursive: true });
    writeFileSync(settings, JSON.stringify({ station: { id: 'st-000042' } }));
    const run = (...args: readonly string[]) => thuengban(['models', 'use', ...args, '--data', data]);

    const refused = await run(at('bad'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('MODEL_CHECKSUM');
    const uncalibrated = await run(makeModels(at('no-thresholds'), (json) => delete json.comparison['thresholds']));
    expect(uncalibrated.stderr).toMatch(/MANIFEST_INVALID.*comparison\.thresholds/s);

    const dry = await run(at('own', 'manifest.json'), '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain(`face.modelsDir: shipped → ${at('own')}`);
    expect(dry.stdout).toMatch(/^- recogniser .*fr_feature/m);
    expect(dry.stdout).toMatch(/^\+ recogniser .*small_recogniser/m);
    expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({ station: { id: 'st-000042' } });

    expect((await run(at('own'))).code).toBe(0);
    const expected = { station: { id: 'st-000042' }, face: { modelsDir: at('own') } };
    expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual(expected);
    expect((await thuengban(['models', 'list', '--data', data])).stdout).toContain('small_recogniser');
    expect((await run('--shipped')).code).toBe(0);
    expect(JSON.parse(readFileSync(settings, 'utf8')).face).toEqual({ modelsDir: null });
    expect((await run()).stderr).toContain('give one folder, or --shipped');
  });

  const calibrate = (...args: readonly string[]) =>
    thuengban(['models', 'calibrate', '--models', at('own'), '--data', pictures, '--workers', '1', ...args]);

  test('calibrate refuses what cannot support the rate, and says how much is needed', async () => {
    const { code, stdout, stderr } = await calibrate('--dry-run');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('FMR 0.001 needs 3000 comparisons');
    expect(stderr).toContain(`found ${PEOPLE * (PEOPLE - 1)} comparisons of ${PEOPLE} people; with as many`);
    expect(stderr).toContain('about 56 people');
    expect((await calibrate('--out', at('x'), '--write')).stderr).toContain('give one of');
    writeFileSync(at('few.csv'), 'p00,few\np01,few\n');
    const few = await calibrate('--fmr', '0.01', '--groups', at('few.csv'), '--out', at('x'));
    expect(few.code).toBe(2);
    expect(few.stderr).toMatch(/CALIBRATION_TOO_SMALL.*group "few": FMR 0.01 needs 300 .* found 2 of 2;/s);
    expect(existsSync(at('x'))).toBe(false);
  });

  test('calibrate makes a new folder with thresholds that the station accepts', async () => {
    const { code, stdout, stderr } = await calibrate('--fmr', '0.01', '--out', at('calibrated'), '--json');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('48 of 48 pictures');
    expect(stdout + stderr).not.toMatch(/p\d\d/);
    const { thresholds, calibration } = JSON.parse(stdout);
    expect(calibration).toMatchObject({ people: PEOPLE, genuine: PEOPLE, impostors: PEOPLE * (PEOPLE - 1) });
    expect(calibration.fnmrAtMatch.value).toBe(0);
    const text = readFileSync(at('calibrated', 'manifest.json'), 'utf8');
    const written = parseManifest(text, 'm').comparison.thresholds;
    expect(written).toEqual(thresholds);
    expect(written).toMatchObject({ fmrAtMatch: 0.01, calibratedOn: `own pictures of ${PEOPLE} people` });
    expect(written.interval).toHaveLength(2);
    expect(text).not.toMatch(/p\d\d/);
    expect((await thuengban(['models', 'check', at('calibrated')])).code).toBe(0);
    const again = await calibrate('--fmr', '0.01', '--out', at('calibrated'));
    expect(again.stderr).toContain('expected nothing there yet');
  });

  test('calibrate in place keeps the manifest before; a pairs file gives the same comparisons', async () => {
    const people = Array.from({ length: PEOPLE }, (_, person) => join(pictures, `p${String(person).padStart(2, '0')}`));
    const rows = people.flatMap((one) => people.map((other) => `${one}/card.png,${other}/live-1.png`));
    writeFileSync(at('pairs.csv'), `reference,probe\n${rows.join('\n')}\n`);
    const before = readFileSync(at('own', 'manifest.json'), 'utf8');
    const { code } = await thuengban([
      ...['models', 'calibrate', '--models', at('own'), '--data', at('pairs.csv'), '--fmr', '0.01', '--write'],
      ...['--name', 'colours of a test', '--workers', '1'],
    ]);
    expect(code).toBe(0);
    expect(readFileSync(at('own', 'manifest.json.bak'), 'utf8')).toBe(before);
    const thresholds = (path: string) =>
      parseManifest(readFileSync(join(path, 'manifest.json'), 'utf8'), path).comparison.thresholds;
    expect(thresholds(at('own'))).toMatchObject({ calibratedOn: 'colours of a test' });
    expect(thresholds(at('own')).match).toBe(thresholds(at('calibrated')).match);
    expect(existsSync(at('own', 'manifest.json.partial'))).toBe(false);
    expect(statSync(at('own', 'manifest.json')).isFile()).toBe(true);
  });
});
