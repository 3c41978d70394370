import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { halfOf, loadPeople } from './people.ts';

async function collection(names: readonly string[], group: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'eval-people-'));
  for (const name of names) {
    await mkdir(join(folder, 'lfw-dev', name), { recursive: true });
    for (const file of ['b.jpg', 'a.JPG', 'notes.txt']) await writeFile(join(folder, 'lfw-dev', name, file), '');
  }
  await writeFile(join(folder, 'group-east-southeast-asia.txt'), `${group.join('\n')}\n`);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('the split never changes', () => {
  const names = ['Somchai_Jaidee', 'Somying_Rakthai', 'Malee', 'Prasert', 'Ünal', 'U\u0308nal', 'person 1', 'person 2'];
  expect(names.map(halfOf)).toEqual([1, 1, 2, 1, 1, 1, 1, 2]);
});

test('the split puts about half of the people on either side', () => {
  const names = Array.from({ length: 2_000 }, (_, i) => `person ${i}`);
  const first = names.filter((name) => halfOf(name) === 1).length;
  expect(first).toBeGreaterThan(900);
  expect(first).toBeLessThan(1_100);
});

test('reads a folder for each person, pictures only, and who is in the group', async () => {
  await using one = await collection(['Prasert', 'Malee'], ['Malee', 'Nobody']);
  const people = await loadPeople(one.folder, undefined);
  expect(people?.map(({ inGroup, half }) => ({ inGroup, half }))).toEqual([
    { inGroup: true, half: halfOf('Malee') },
    { inGroup: false, half: halfOf('Prasert') },
  ]);
  expect(people?.[0]?.pictures.map((path) => path.slice(-5))).toEqual(['a.JPG', 'b.jpg']);
});

test('a quick look takes its share of the group', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `person ${i}`);
  await using one = await collection(names, names.slice(0, 4));
  const people = await loadPeople(one.folder, 10);
  expect(people?.length).toBe(10);
  expect(people?.filter(({ inGroup }) => inGroup).length).toBe(2);
});

test('a folder that is not there has no people', async () => {
  expect(await loadPeople(join(tmpdir(), 'no such folder'), undefined)).toBeUndefined();
});
