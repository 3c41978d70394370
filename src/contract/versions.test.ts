import { expect, test } from 'vitest';
import { z } from 'zod';
import { EVENTS } from './events.ts';
import { jsonSchemas } from './json-schemas.ts';
import { MESSAGES } from './messages.ts';
import { PROTOCOL_MAJOR, parseEventType } from './versions.ts';

test('TB-MSG-010 every event type names its major version', () => {
  for (const type of Object.keys(EVENTS)) expect(parseEventType(type)?.major).toBe(PROTOCOL_MAJOR);
  expect(parseEventType('th.thuengban.visit.completed.v12')).toEqual({ name: 'visit.completed', major: 12 });
});

test.each([
  '',
  'th.thuengban.v1',
  'th.thuengban.visit.completed',
  'th.thuengban.visit.completed.v0',
  'th.thuengban.visit.completed.v01',
  'th.thuengban.Visit.completed.v1',
  'th.thuengban.visit..completed.v1',
  'th.other.visit.completed.v1',
  'th.thuengban.visit.completed.v1\n',
])('TB-MSG-010 %j is no event type', (type) => expect(parseEventType(type)).toBeUndefined());

test('TB-MSG-011 no schema forbids a field that it does not know', () => {
  const forbids = (schema: unknown): boolean =>
    typeof schema === 'object' &&
    schema !== null &&
    ((schema as { additionalProperties?: unknown }).additionalProperties === false ||
      Object.values(schema).some(forbids));
  const schemas = jsonSchemas('draft-2020-12');
  expect(Object.keys(schemas).length).toBeGreaterThan(Object.keys(MESSAGES).length);
  expect(Object.keys(schemas).filter((name) => forbids(schemas[name]))).toEqual([]);
  // The check itself: a strict schema would be found.
  expect(forbids(z.toJSONSchema(z.strictObject({})))).toBe(true);
});

test('TB-MSG-011 a status with a field of tomorrow is read', () => {
  const status = { state: 'online', session: 1, bootId: 'b', epoch: 'e', mood: 'good' };
  expect(MESSAGES.status.payload.parse(status)).toEqual({ state: 'online', session: 1, bootId: 'b', epoch: 'e' });
});
