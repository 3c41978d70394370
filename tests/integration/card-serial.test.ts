import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { attachSerialReader } from '../../src/peripherals/card/drivers/simulated/serial-reader.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { openPtyPair } from '../../src/peripherals/serial/drivers/pty/pty-pair.ts';
import { openSerialPort } from '../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { describeCardReader } from '../contract/card-reader.contract.ts';
import { ptyCable } from '../fixtures/cables.ts';
import { casesOf, playCards } from '../fixtures/card-cases.ts';
import { GENERATIONS } from '../fixtures/card-generations.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { serialReaderRig } from '../fixtures/serial-reader-rig.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) process.stderr.write('Skipped: serial lines without hardware need the Debian package socat.\n');
const { signal } = new AbortController();
const PACED = { baudRate: 115_200 } as const;
const APDU_LIMIT_MS = 700;

describe.skipIf(!hasSocat)('a serial reader over pseudo-terminals', () => {
  let photoJpeg: Uint8Array;
  beforeAll(async () => {
    photoJpeg = await makeCardPhoto();
  });

  describeCardReader('serial over a serial port, paced', {
    yankSteps: [1, 2, 9, 26],
    apduLimitMs: 3_000,
    make: () => serialReaderRig(ptyCable, PACED),
  });

  test.each(GENERATIONS.map((generation, index) => ({ ...generation, generation, index })))(
    '$name, $answers: each sampled step has its fault, and the next card is read',
    async ({ generation, index }) => {
      const cases = casesOf(generation, index, Math.ceil(photoJpeg.length / 255));
      await using rig = await serialReaderRig(ptyCable);
      const insert = async (card: VirtualCard) => {
        await rig.insert(card);
        return { pull: () => rig.pull() };
      };
      const faults = [...cases.map((one) => one.faults), {}];
      const told = await playCards(rig.reader, insert, { generation, photoJpeg, apduLimitMs: APDU_LIMIT_MS, faults });
      expect(told.map((code, i) => `${cases[i]?.at ?? 'next'}: ${code}`)).toEqual([
        ...cases.map(({ at, code }) => `${at}: ${code}`),
        `next: read ${photoJpeg.length}`,
      ]);
    },
  );

  test('unplugged and plugged in again, the same reader reads on', async () => {
    await using rig = await serialReaderRig(ptyCable, PACED);
    const events = rig.reader.events(signal)[Symbol.asyncIterator]();
    const card = () => new VirtualCard(makePerson('normal', { photoJpeg, today: new Date(), wireSpeed: false }));
    for (let round = 0; round < 3; round++) {
      await rig.insert(card());
      expect((await events.next()).value).toMatchObject({ kind: 'card-inserted' });
      await rig.unplug();
      expect((await events.next()).value).toMatchObject({ kind: 'card-removed' });
      expect(rig.reader.fault).toMatchObject({ code: 'READER_MISSING' });
      await rig.plugIn();
    }
    await expect.poll(() => rig.reader.fault).toBeUndefined();
  });

  describe('through the command line', () => {
    /** A data folder whose settings name a serial reader. */
    function withSettings(card: object) {
      const folder = tempFolder();
      mkdirSync(folder.path, { recursive: true });
      writeFileSync(join(folder.path, 'settings.json'), JSON.stringify({ card }));
      return folder;
    }

    test('card read and doctor speak to it; pulled, doctor says so', async () => {
      await using pair = await openPtyPair(signal);
      await using device = await openSerialPort(pair.device, { baudRate: 9_600, lines: null }, signal);
      const simulator = attachSerialReader(device, {});
      simulator.insert(new VirtualCard(makePerson('lifetime', { photoJpeg, today: new Date(), wireSpeed: false })));
      using folder = withSettings({ driver: 'serial', serial: { path: pair.host }, secondReader: '/dev/not-there' });
      const { code, stdout, stderr } = await thuengban(['card', 'read', '--json', '--data', folder.path]);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ expiry: { kind: 'lifetime' }, photo: { width: 148 } });
      const examine = async () => {
        const found = JSON.parse((await thuengban(['doctor', '--json', '--data', folder.path])).stdout);
        const parts: readonly { part: string; state: string; fault: { code: string } | null }[] = found.parts ?? found;
        return ['card-reader', 'second-card-reader'].map((name) => {
          const found = parts.find(({ part }) => part === name);
          return `${name} ${found?.state} ${found?.fault?.code}`;
        });
      };
      expect(await examine()).toEqual(['card-reader ready undefined', 'second-card-reader missing READER_MISSING']);
      simulator.isDead = true;
      expect((await examine())[0]).toBe('card-reader faulty READER_SILENT');
      await pair.unplug();
      expect((await examine())[0]).toBe('card-reader missing READER_MISSING');
    });

    test('a recording is read as a card is', async () => {
      const recording = new URL('../../hardware/recordings/virtual-card-th-nid-17.json', import.meta.url).pathname;
      using folder = withSettings({ driver: 'replay', recording });
      const { code, stdout } = await thuengban(['card', 'read', '--json', '--data', folder.path]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ citizenId: expect.stringMatching(/^9-xxxx/), photo: { width: 1 } });
    });
  });
});
