import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stationSigner } from '../../tests/fixtures/contract/keys.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { ownProgramme } from '../desk/programme.ts';
import { StationPaper } from './desk-paper.ts';
import { openPress } from './paper-registry.ts';
import { findSticks } from './sticks.ts';

test.skipIf(findSticks().length > 0)(
  'without a stick numbered forms wait in the data folder, but a list of names is not put on the disk',
  async () => {
    using folder = tempFolder();
    const paper = new StationPaper({
      station: 'st-demo',
      signer: stationSigner,
      press: await openPress(),
      printer: null,
      verifyUrl: null,
      trust: () => ({ issuers: [], at: '2026-11-22T02:00:00.000Z' }),
      programme: () => ownProgramme('2026-11', 9),
      exportDir: folder.path,
      now: () => new Date('2026-11-22T02:00:00.000Z'),
      signal: new AbortController().signal,
    });
    expect(await paper.exportReferrals([])).toBe('STICK_MISSING');
    expect(readdirSync(folder.path)).toEqual([]);
    expect(await paper.exportForms(1, 1)).toMatchObject({ folder: folder.path });
    expect(await paper.printReferrals([])).toBe('PRINTER_MISSING');
  },
);
