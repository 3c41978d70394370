import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeptLists } from '../../src/roster/drivers/kept/kept-lists.ts';
import { MemoryLists } from '../../src/roster/drivers/memory/memory-lists.ts';
import { keptList, smallOrder } from '../fixtures/roster.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { describeListStore } from './list-store.contract.ts';

const KEY = Buffer.alloc(32, 0x42);

describeListStore('memory', () => {
  const store = new MemoryLists();
  return { open: () => store, [Symbol.dispose]: () => undefined };
});
describeListStore('encrypted files', () => {
  const folder = tempFolder();
  return { open: () => new KeptLists(folder.path, KEY), [Symbol.dispose]: () => folder[Symbol.dispose]() };
});

test('nothing of a person stands in the open; a changed, moved or foreign file is named and left', () => {
  using folder = tempFolder();
  const store = new KeptLists(folder.path, KEY);
  const order = smallOrder();
  store.keep(keptList(order));
  store.keep(keptList(smallOrder({ id: 'other' })));
  const files = readdirSync(folder.path);
  const [first = '', second = ''] = files;
  for (const name of files) {
    const bytes = readFileSync(join(folder.path, name));
    for (const secret of [order.people[0]?.name.family, order.people[0]?.subject, order.id, order.villages[0]?.name])
      expect(`${name} ${bytes}`.includes(secret ?? '?')).toBe(false);
  }
  const broken: string[] = [];
  const read = (key: Uint8Array) => new KeptLists(folder.path, key).read((file) => broken.push(file)).length;
  expect([read(KEY), broken]).toEqual([2, []]);
  expect([read(Buffer.alloc(32, 1)), broken.splice(0)]).toEqual([0, files]);
  const bytes = readFileSync(join(folder.path, first));
  writeFileSync(
    join(folder.path, first),
    Uint8Array.from(bytes, (byte, at) => (at === 100 ? byte ^ 1 : byte)),
  );
  expect([read(KEY), broken.splice(0)]).toEqual([1, [first]]);
  renameSync(join(folder.path, second), join(folder.path, first));
  expect([read(KEY), broken.splice(0)]).toEqual([0, [first]]);
});

test('killed at random points while lists are replaced: always a whole one, never older than what was confirmed', async () => {
  using folder = tempFolder();
  let confirmed = 0;
  for (let life = 0; life < 8; life++) {
    const child = fork(new URL('../fixtures/lists-child.ts', import.meta.url), [folder.path, String(confirmed)]);
    const gone = once(child, 'exit');
    let heard = 0;
    child.on('message', (rev: number) => {
      confirmed = rev;
      if (heard++ === life) setTimeout(() => child.kill('SIGKILL'), life * 0.7);
    });
    await gone;
    const broken: string[] = [];
    const [list] = new KeptLists(folder.path, KEY).read((file) => broken.push(file));
    expect(broken).toEqual([]);
    expect(list?.order.rev).toBeGreaterThanOrEqual(confirmed);
    expect(list?.order.people).toHaveLength(300);
    confirmed = list?.order.rev ?? 0;
  }
});
