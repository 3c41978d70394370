import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelSchema } from './manifest/schema.ts';

const TEXT = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const ENTRIES = [...TEXT.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json ?? ''));

test.each(ENTRIES.map((entry) => ({ id: entry.id as string, entry })))('the example $id is an entry', ({ entry }) => {
  expect(modelSchema.safeParse(entry)).toMatchObject({ success: true });
});

test('there is one for each family that agencies bring', () => {
  expect(ENTRIES.map(({ decoder }) => decoder?.family).filter(Boolean)).toEqual(['yunet', 'scrfd', 'blazeface']);
});
