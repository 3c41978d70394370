import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../fixtures/temp.ts';
import { Guest, makeDisk, type Told } from './guest.ts';

/** Bit of the watchdog's boot status (linux/watchdog.h `WDIOF_CARDRESET`): the card has reset the machine. */
const CARD_RESET = 0x20;

test('a hung program, then a dead kernel: the card resets the machine, and nothing told as recorded is lost', async () => {
  using folder = tempFolder();
  const disk = makeDisk(join(folder.path, 'disk.img'));
  await using guest = new Guest({ script: 'watchdog', disk, hasWatchdog: true });
  const told: Told[] = [];
  for await (const one of guest.told()) {
    told.push(one);
    if (one.event === 'ended') break;
  }
  expect(told.at(-1)).toMatchObject({ event: 'ended', code: 0 });
  expect(told.filter(({ event }) => event === 'booted')).toHaveLength(3);
  expect(told.filter(({ event }) => event === 'hanging').map(({ how }) => how)).toEqual(['program', 'kernel']);
  const opened = told.filter(({ event }) => event === 'opened');
  expect(opened.map(({ whole, events }) => ({ whole, events }))).toEqual([
    { whole: true, events: 0 },
    { whole: true, events: 20 },
    { whole: true, events: 40 },
  ]);
  expect(opened.map(({ bootStatus }) => Number(bootStatus) & CARD_RESET)).toEqual([0, CARD_RESET, CARD_RESET]);
});
