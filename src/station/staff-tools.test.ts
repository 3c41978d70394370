import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { citizenNumberOf } from '../peripherals/card/drivers/simulated/fixtures.ts';
import { DeskLock } from '../staff/desk-lock.ts';
import { officerOf } from './field-scans.ts';
import { openKnownKeys } from './journal-keys.ts';
import { staffFile } from './staff-file.ts';
import { addStaff, listStaff, type NewStaff } from './staff-tools.ts';

const OFFICER: NewStaff = {
  ...{ id: 'palat-1', name: 'ปลัด หนึ่ง', role: 'officer', organisation: 'อำเภอตัวอย่าง' },
  ...{ pin: null, badge: null, citizenNumber: citizenNumberOf('normal') },
};

test('an officer is entered by their own card; of the number only a pseudonym is kept', async () => {
  using folder = tempFolder();
  expect(await addStaff(folder.path, { ...OFFICER, citizenNumber: '1234567890123' })).toContain('no citizen number');
  expect(await addStaff(folder.path, { ...OFFICER, citizenNumber: null })).toContain('a PIN, a badge or a card');
  expect(await addStaff(folder.path, OFFICER)).toBeUndefined();
  expect(listStaff(folder.path)).toMatchObject([{ id: 'palat-1', signsInBy: ['card'] }]);
  expect(readFileSync(join(folder.path, 'staff.json'), 'utf8')).not.toContain(citizenNumberOf('normal'));
});

test('an officer’s card counts once and for a moment; a citizen’s means nothing, and takes nothing away', async () => {
  using folder = tempFolder();
  await addStaff(folder.path, OFFICER);
  const members = () => staffFile(folder.path).read() ?? [];
  let nowMs = 0;
  const lock = new DeskLock({
    ...{ members, villages: () => [], wrongPins: { read: () => ({}), write: () => undefined } },
    ...{ monotonicMs: () => nowMs, idleMs: 60_000, onLocked: () => undefined },
  });
  // The list's key comes and goes; the station's own stays.
  const keys = [openKnownKeys(folder.path, 'st-test').programmeKey, Buffer.alloc(32, 1)];
  const show = (number: string) => officerOf(number, { lock, members, keys });
  expect(show(citizenNumberOf('normal'))).toEqual({ kind: 'badge', by: 'card', name: 'ปลัด หนึ่ง' });
  expect(show(citizenNumberOf('lifetime'))).toBeUndefined();
  expect(await lock.prove({ by: 'card' })).toMatchObject({ kind: 'proven', by: 'card', member: { id: 'palat-1' } });
  expect(await lock.prove({ by: 'card' })).toMatchObject({ why: 'nothing-scanned' });
  show(citizenNumberOf('normal'));
  nowMs += 31_000;
  expect(await lock.prove({ by: 'card' })).toMatchObject({ why: 'nothing-scanned' });
});
