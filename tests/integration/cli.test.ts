import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { demoFaces } from '../../src/station/people.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasModels = existsSync(join(MODELS_DIR, 'people', 'index.json'));
if (!hasModels) process.stderr.write('Skipped: commands about faces need ./scripts/setup.\n');

const COMMANDS = [
  'station',
  'doctor',
  'card read',
  'face compare',
  'face score',
  'models list',
  'models check',
  'models use',
  'models calibrate',
  'face light',
  'visit simulate',
  'simulate',
  'journal verify',
  'journal list',
  'journal export',
  'journal import-ack',
  'journal recover',
  'identity show',
  'identity trust',
  'udev',
  'config show',
  'config schema',
];

describe('every command', () => {
  test.each(COMMANDS)('%s explains itself in both languages', async (name) => {
    const { code, stdout } = await thuengban([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: thuengban ${name}`);
    expect(stdout).toMatch(/[ก-๙]/);
  });

  test.each(COMMANDS)('%s refuses an option that it does not know', async (name) => {
    const { code, stdout, stderr } = await thuengban([...name.split(' '), '--no-such-option']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/USAGE.*no-such-option/s);
  });

  test('the overview lists them; an unknown one is named', async () => {
    const { stdout } = await thuengban(['--help']);
    for (const name of COMMANDS) expect(stdout).toContain(name);
    const wrong = await thuengban(['dance', '--json']);
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      fault: { code: 'USAGE', message: expect.stringContaining('dance') },
    });
  });
});

describe.skipIf(!hasModels)('with models', () => {
  test('face compare answers as written, JSON alone on standard output', async () => {
    const [person, other] = demoFaces(MODELS_DIR);
    const frame = (face: typeof person, n: string) => join(face?.frames ?? '', `${n}.jpg`);
    const same = await thuengban([
      'face',
      'compare',
      '--reference',
      person?.cardPhoto ?? '',
      '--probe',
      frame(person, '01'),
      frame(person, '04'),
      '--json',
    ]);
    expect(same.code).toBe(0);
    const result = JSON.parse(same.stdout);
    expect(result).toMatchObject({
      decision: 'match',
      reference: { acquired: true },
      probes: [
        {
          acquired: true,
          rollDegrees: expect.any(Number),
          attackScore: expect.any(Number),
          quality: expect.any(Object),
        },
        { acquired: true },
      ],
      thresholds: { match: 0.455, review: 0.365 },
      models: expect.arrayContaining([expect.stringMatching(/^fr_feature@[0-9a-f]{12}$/)]),
      timingsMs: expect.any(Object),
    });
    expect(result.score).toBeGreaterThan(0.43);
    const different = await thuengban([
      'face',
      'compare',
      '--reference',
      person?.cardPhoto ?? '',
      '--probe',
      frame(other, '01'),
      '--json',
    ]);
    expect(JSON.parse(different.stdout)).toMatchObject({ decision: 'non-match' });
  });

  test('face compare: a picture without a face is not acquired, one that is no picture neither, one that is missing is a fault', async () => {
    using folder = tempFolder();
    const noise = join(folder.path, 'noise.jpg');
    writeFileSync(noise, 'this is no picture');
    const [person] = demoFaces(MODELS_DIR);
    const broken = await thuengban([
      'face',
      'compare',
      '--reference',
      person?.cardPhoto ?? '',
      '--probe',
      noise,
      '--json',
    ]);
    expect(JSON.parse(broken.stdout)).toMatchObject({ decision: 'not-acquired', score: null });
    const missing = await thuengban(['face', 'compare', '--reference', '/no/such.jpg', '--probe', noise, '--json']);
    expect(missing.code).toBe(2);
    expect(JSON.parse(missing.stdout)).toMatchObject({
      fault: { code: 'IMAGE_UNREADABLE', message: expect.stringContaining('/no/such.jpg') },
    });
  });

  test('face score writes one row a pair, computes each file once, and tells its progress', async () => {
    using folder = tempFolder();
    const [person, other] = demoFaces(MODELS_DIR);
    const reference = person?.cardPhoto ?? '';
    const probes = [join(person?.frames ?? '', '01.jpg'), join(other?.frames ?? '', '01.jpg'), '/no/such.jpg'];
    const pairs = join(folder.path, 'pairs.csv');
    const out = join(folder.path, 'out.csv');
    writeFileSync(pairs, probes.map((probe) => `${reference},${probe}`).join('\n'));
    const { code, stdout, stderr } = await thuengban([
      'face',
      'score',
      '--pairs',
      pairs,
      '--out',
      out,
      '--chip',
      'reference',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pairs: 3, pictures: 4, notAcquired: 1 });
    expect(stderr).toContain('/no/such.jpg');
    const [header, same, different, missing] = readFileSync(out, 'utf8').split('\n');
    expect(header).toBe('reference,probe,score,referenceAcquired,probeAcquired,probeAttackScore');
    expect(Number(same?.split(',')[2])).toBeGreaterThan(0.43);
    expect(Number(different?.split(',')[2])).toBeLessThan(0.34);
    expect(missing).toBe(`${reference},/no/such.jpg,,true,false,`);
  });

  test('a bad line in the pairs file stops before any work and names the line', async () => {
    using folder = tempFolder();
    const pairs = join(folder.path, 'pairs.csv');
    writeFileSync(pairs, 'a.jpg,b.jpg\nonly-one\n');
    const { code, stdout } = await thuengban([
      'face',
      'score',
      '--pairs',
      pairs,
      '--out',
      join(folder.path, 'o.csv'),
      '--json',
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).fault).toMatchObject({ code: 'USAGE', message: expect.stringContaining('line 2') });
  });

  test('visit simulate plays a whole visit; the journal has it, whole', async () => {
    using folder = tempFolder();
    const played = await thuengban([
      'visit',
      'simulate',
      '--person',
      'normal',
      '--fast',
      '--data',
      folder.path,
      '--json',
    ]);
    expect(played.code, played.stderr).toBe(0);
    const visit = JSON.parse(played.stdout);
    expect(visit).toMatchObject({
      outcome: 'verified',
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      delivery: expect.stringMatching(/^(published|queued)$/),
    });
    expect(visit.timingsMs).toMatchObject({
      textRead: expect.any(Number),
      photoRead: expect.any(Number),
      compared: expect.any(Number),
      recorded: expect.any(Number),
    });
    const verified = await thuengban(['journal', 'verify', '--data', folder.path, '--json']);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ whole: true, events: 2 });
    const listed = await thuengban(['journal', 'list', '--data', folder.path, '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { seq: 1, type: 'th.thuengban.journal.epoch-started.v1', event: { data: { previous: null } } },
      { seq: 2, id: visit.eventId, event: { type: 'th.thuengban.visit.completed.v1', data: expect.any(String) } },
    ]);
  });

  test('visit simulate: an unknown card is refused with the ones there are', async () => {
    const { code, stdout } = await thuengban(['visit', 'simulate', '--person', 'nobody', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).fault).toMatchObject({ code: 'USAGE', message: expect.stringContaining('normal') });
  });
});

describe('when something is wrong', () => {
  test('journal verify without a journal says so', async () => {
    using folder = tempFolder();
    const { code, stdout } = await thuengban(['journal', 'verify', '--data', folder.path, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).fault.message).toMatch(/no journal yet/);
  });

  test('card read without a card service or reader is a coded fault within the time given', async () => {
    const { code, stdout } = await thuengban([
      'card',
      'read',
      '--reader',
      'no reader has this name',
      '--timeout-s',
      '5',
      '--json',
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).fault.code).toMatch(/^(PCSC_SERVICE_DOWN|READER_MISSING|CARD_ABSENT)$/);
  });

  test('doctor names each part with state, cause and mend, and fails on a fault', async () => {
    using folder = tempFolder();
    writeFileSync(
      join(folder.path, 'settings.json'),
      JSON.stringify({
        camera: { driver: 'v4l2', source: '/dev/video-not-there' },
        uplink: { url: 'mqtt://127.0.0.1:9' },
        face: { modelsDir: folder.path },
      }),
    );
    const { code, stdout } = await thuengban(['doctor', '--data', folder.path, '--json']);
    expect(code).toBe(1);
    const { ok, parts } = JSON.parse(stdout);
    expect(ok).toBe(false);
    const codes = Object.fromEntries(
      parts.map(({ part, fault }: { part: string; fault: { code: string } | null }) => [part, fault?.code ?? null]),
    );
    expect(codes).toMatchObject({
      settings: null,
      journal: null,
      face: 'MANIFEST_INVALID',
      uplink: 'BROKER_UNREACHABLE',
    });
    expect(codes['camera']).toMatch(/^CAMERA_(MISSING|PROGRAM_MISSING)$/);
    for (const { fault } of parts)
      if (fault)
        expect(fault).toMatchObject({
          cause: { th: expect.stringMatching(/[ก-๙]/) },
          mend: { en: expect.any(String) },
        });
  });

  test('a broken settings file is named with the place in it', async () => {
    using folder = tempFolder();
    writeFileSync(join(folder.path, 'settings.json'), JSON.stringify({ kiosk: { port: 'eight thousand' } }));
    const { code, stderr } = await thuengban(['station', '--data', folder.path]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/CONFIG_INVALID/);
    expect(stderr).toMatch(/kiosk\.port/);
  });

  test('a taken port is named, and nothing is left running', async () => {
    using folder = tempFolder();
    mkdirSync(folder.path, { recursive: true });
    const server = createServer();
    const listening = Promise.withResolvers<number>();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      listening.resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
    const port = await listening.promise;
    const { code, stderr } = await thuengban(['station', '--demo', '--port', `${port}`, '--data', folder.path]);
    server.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(/PORT_TAKEN/);
    expect(stderr).toContain(String(port));
  });
});
