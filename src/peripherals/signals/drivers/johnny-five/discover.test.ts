import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../../tests/fixtures/temp.ts';
import { findPanelPort } from './discover.ts';

const UNO = 'usb-Arduino__www.arduino.cc__0043_95736323631351F0D1B1-if00';
/** The chip of a Nano's clone, and of a face scanner's cable. */
const CH340 = 'usb-1a86_USB_Serial-if00-port0';

test.each([
  { name: 'a board that is an Arduino', there: [UNO, CH340], marked: false, found: UNO },
  { name: 'a bare serial chip is never taken by guess', there: [CH340], marked: false, found: undefined },
  { name: 'the marked board comes first', there: [UNO], marked: true, found: 'marked' },
  { name: 'nothing there', there: [], marked: false, found: undefined },
])('$name', ({ there, marked, found }) => {
  using folder = tempFolder();
  const byId = join(folder.path, 'by-id');
  const mark = join(folder.path, 'marked');
  mkdirSync(byId);
  for (const name of there) writeFileSync(join(byId, name), '');
  if (marked) writeFileSync(mark, '');
  const expected = found === undefined ? undefined : found === 'marked' ? mark : join(byId, found);
  expect(findPanelPort(byId, mark)).toBe(expected);
});

test('no such folder is nothing found', () => {
  expect(findPanelPort('/nowhere/by-id', '/nowhere/panel')).toBeUndefined();
});
