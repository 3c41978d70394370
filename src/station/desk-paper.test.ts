import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stationSigner } from '../../tests/fixtures/contract/keys.ts';
import { rosterOf, somebody, visitNote } from '../../tests/fixtures/roster.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { ownProgramme } from '../desk/programme.ts';
import { exportFault, StationPaper } from './desk-paper.ts';
import { openPress } from './paper-registry.ts';
import { findSticks } from './sticks.ts';

/** Paper of a station without printer, lists or network. */
const paperIn = async (exportDir: string) =>
  new StationPaper({
    station: 'st-demo',
    signer: stationSigner,
    press: await openPress(),
    printer: null,
    verifyUrl: null,
    trust: () => ({ issuers: [], at: '2026-11-22T02:00:00.000Z' }),
    programme: () => ownProgramme('2026-11', 9),
    exportDir,
    now: () => new Date('2026-11-22T02:00:00.000Z'),
    signal: new AbortController().signal,
  });

test('a receipt is signed once while the card lies in the reader, and forgotten with it', async () => {
  using folder = tempFolder();
  const paper = await paperIn(folder.path);
  const { book, note } = rosterOf([somebody()]);
  const visitId = '0197f000-0000-7000-8000-000000000001';
  note(visitNote({ visitId, receipt: '7KQ2-M8XD' }));
  const visit = book.visit(visitId);
  if (!visit) throw new Error('no visit');
  const holder = { name: 'นายตัวอย่าง', citizenNumber: '1234567890123', isInDate: true, issuedOn: null };
  const receipt = paper.receipt(visit, holder);
  expect(paper.receipt(visit, holder)).toBe(receipt);
  paper.forget();
  expect(paper.receipt(visit, null).qrText).not.toBe(receipt.qrText);
});

test.skipIf(findSticks().length > 0)(
  'without a stick numbered forms wait in the data folder, but a list of names is not put on the disk',
  async () => {
    using folder = tempFolder();
    const paper = await paperIn(folder.path);
    expect(await paper.exportReferrals([])).toBe('STICK_MISSING');
    expect(readdirSync(folder.path)).toEqual([]);
    expect(await paper.exportForms(1, 1)).toMatchObject({ folder: folder.path });
    expect(await paper.printReferrals([])).toBe('PRINTER_MISSING');
  },
);

test.each([
  ['EROFS', 'STICK_READ_ONLY'],
  ['ENOSPC', 'DISK_FULL'],
])('%s while exporting is told as %s', (code, fault) => {
  expect(exportFault(Object.assign(new Error(code), { code }), '/media/stick')).toBe(fault);
});
