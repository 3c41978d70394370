import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { startVirtualPcscd, type VirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import { recordingSchema } from '../../src/peripherals/card/recording.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
if (!hasPcscd) process.stderr.write('Skipped: "card read" needs the Debian packages pcscd and vsmartcard-vpcd.\n');
const { signal } = new AbortController();

describe.skipIf(!hasPcscd)('thuengban card read, through the real pcscd', () => {
  let pcscd: VirtualPcscd;
  let photoJpeg: Uint8Array;
  beforeAll(async () => {
    pcscd = await startVirtualPcscd({ signal, listReaders: (stop) => listReaders('smartcard', stop), port: undefined });
    photoJpeg = await makeCardPhoto();
  });
  afterAll(async () => {
    await pcscd.stop();
  });

  const insert = (person: Parameters<typeof makePerson>[0]) =>
    insertVirtualCard(new VirtualCard(makePerson(person, { photoJpeg, today: new Date(), wireSpeed: false })), {
      port: pcscd.slots[0] ?? 0,
      signal,
    });

  test('masks the person unless asked', async () => {
    await using _card = await insert('normal');
    const { code, stdout, stderr } = await thuengban(['card', 'read', '--json']);
    expect(code, stderr).toBe(0);
    const card = JSON.parse(stdout);
    expect(card).toMatchObject({
      citizenId: expect.stringMatching(/^9-xxxx-xxxxx-\d\d-\d$/),
      expiry: { kind: 'date' },
      photo: { width: expect.any(Number) },
    });
    expect(stdout + stderr).not.toMatch(/สมหญิง|Somying|ทดสอบ|(?<![0-9a-f])9\d{12}/);
  });

  test('gives every field when asked, and writes the photo for its owner only', async () => {
    using folder = tempFolder();
    await using _card = await insert('normal');
    const out = join(folder.path, 'photo.jpg');
    const { code, stdout } = await thuengban([
      'card',
      'read',
      '--json',
      '--show-personal',
      '--photo-out',
      out,
      '--reader',
      'Virtual PCD',
    ]);
    expect(code).toBe(0);
    const card = JSON.parse(stdout);
    expect(card).toMatchObject({
      citizenId: expect.stringMatching(/^9\d{12}$/),
      nameThai: { first: 'สมหญิง', last: 'ใจดี' },
      nameEnglish: { first: 'Somying', last: 'Jaidee' },
      birthDate: { kind: 'day', date: '1958-01-15' },
      sex: 'female',
      issueDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      expiry: { kind: 'date', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      address: {
        raw: expect.any(String),
        houseNumber: '123',
        moo: '4',
        tambon: 'ทดสอบ',
        amphoe: 'ตัวอย่าง',
        province: 'สมมุติ',
      },
      issuer: expect.any(String),
      requestNumber: '90010000010115',
      photo: { bytes: photoJpeg.length, sha256: createHash('sha256').update(photoJpeg).digest('hex') },
      atr: expect.stringMatching(/^3b/),
      timingsMs: {
        select: expect.any(Number),
        text: expect.any(Number),
        photo: expect.any(Number),
        total: expect.any(Number),
      },
    });
    expect(Buffer.from(photoJpeg).equals(readFileSync(out))).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test('records the commands and answers with nobody in them', async () => {
    using folder = tempFolder();
    await using _card = await insert('normal');
    const out = join(folder.path, 'recording.json');
    const { code } = await thuengban(['card', 'read', '--json', '--record', out]);
    expect(code).toBe(0);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const recording = recordingSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(recording).toMatchObject({
      reader: expect.stringContaining('Virtual PCD'),
      atr: expect.stringMatching(/^3b79/),
    });
    expect(recording.exchanges.length).toBeGreaterThan(20);
    expect(JSON.stringify(recording)).not.toContain(Buffer.from('Somying').toString('hex'));
  });

  test('a card that cannot be read is recorded too', async () => {
    using folder = tempFolder();
    await using _card = await insert('foreign');
    const out = join(folder.path, 'recording.json');
    expect((await thuengban(['card', 'read', '--json', '--record', out])).code).toBe(2);
    const { exchanges } = recordingSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(exchanges).toMatchObject([{ answer: '6a82' }]);
  });

  test('lifetime and year-only stay what they are', async () => {
    await using _card = await insert('year-only');
    const { stdout } = await thuengban(['card', 'read', '--json', '--show-personal']);
    const { birthDate, expiry } = JSON.parse(stdout);
    expect(birthDate).toEqual({ kind: 'year', year: 1935 });
    expect(expiry).toEqual({ kind: 'lifetime' });
  });

  test('a card of another scheme and one with a wrong number are coded faults, exit 2', async () => {
    {
      await using _card = await insert('foreign');
      const { code, stdout } = await thuengban(['card', 'read', '--json']);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ fault: { code: 'NOT_THAI_ID', message: expect.any(String) } });
    }
    await using _card = await insert('bad-check-digit');
    const { code, stdout } = await thuengban(['card', 'read', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ fault: { code: 'DATA_INVALID' } });
    expect(stdout).not.toMatch(/\d{13}/);
  });

  test('a broken photo leaves the text and names the fault; no file is written', async () => {
    using folder = tempFolder();
    await using _card = await insert('photo-broken');
    const out = join(folder.path, 'photo.jpg');
    const { code, stdout } = await thuengban(['card', 'read', '--json', '--photo-out', out]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ photo: null, photoFault: 'PHOTO_UNREADABLE' });
    expect(existsSync(out)).toBe(false);
  });

  test('waits for a card as long as it was told, then says that there is none', async () => {
    const { code, stdout } = await thuengban(['card', 'read', '--json', '--timeout-s', '1']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ fault: { code: 'CARD_ABSENT' } });
  });
});
