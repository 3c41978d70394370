import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { NOW_MS, openingKeys, registry, STATION } from '../../tests/fixtures/contract/keys.ts';
import { openEventData, readEvent } from './envelope/event.ts';
import { readManifest } from './envelope/export.ts';
import { readReportSeal } from './envelope/report-seal.ts';
import { readServerWord } from './envelope/server-word.ts';
import { EVENTS } from './events.ts';
import { jsonSchemas } from './json-schemas.ts';
import { MESSAGES, type MessageName } from './messages.ts';

const FOLDER = new URL('../../tests/fixtures/contract/v1/', import.meta.url);

/** One message as it was once published, and what it said. */
interface Sample {
  readonly message: MessageName;
  readonly published: string;
  readonly reads: Readonly<Record<string, unknown>>;
  /** Data of an event, unsealed. */
  readonly opens?: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const textOf = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const samples = names.map((name) => [name, JSON.parse(textOf(name)) as Sample] as const);

describe('TB-MSG-013 samples of version 1', () => {
  test('are as they were frozen: a sample is added, never edited', () => {
    const sums = names.map((name) => `${createHash('sha256').update(textOf(name)).digest('hex')}  ${name}`);
    expect(sums.sort()).toEqual(textOf('SHA256SUMS').trim().split('\n').sort());
  });

  test('there is one of every message and of every event', () => {
    expect(new Set(samples.map(([, { message }]) => message))).toEqual(new Set(Object.keys(MESSAGES)));
    const types = new Set(samples.map(([, { reads }]) => reads['type']));
    expect(Object.keys(EVENTS).filter((type) => !types.has(type))).toEqual([]);
  });

  test.each(samples)('%s is read today', async (_, { message, published, reads, opens, hash }) => {
    expect(createHash('sha256').update(published).digest('hex')).toBe(hash);
    const bytes = Buffer.from(published);
    const kind = MESSAGES[message].signed;
    if (kind === null) return expect(MESSAGES[message].payload.parse(JSON.parse(published))).toMatchObject(reads);
    if (kind === 'export')
      return expect(readManifest(bytes, { keys: registry, nowMs: NOW_MS })).toMatchObject({ manifest: reads });
    if (kind === 'report')
      return expect(readReportSeal(bytes, { keys: registry, nowMs: NOW_MS })).toMatchObject({ seal: reads });
    if (kind !== 'event')
      return expect(readServerWord(kind, bytes, { station: STATION, keys: registry, nowMs: NOW_MS })).toMatchObject({
        kind: 'believed',
        statement: reads,
      });
    const read = readEvent(bytes, { station: STATION, keys: registry, nowMs: NOW_MS });
    if (read.kind === 'refused') throw new Error(`${read.code}: ${read.detail}`);
    expect(read).toMatchObject({ hash, envelope: reads });
    return expect(await openEventData(read.envelope, openingKeys)).toMatchObject({ kind: 'opened', data: opens });
  });

  test.each(['draft-2020-12', 'draft-7'] as const)('fit the published JSON Schemas (%s) by another judge', (draft) => {
    const ajv = draft === 'draft-7' ? new Ajv({ strict: false }) : new Ajv2020({ strict: false });
    formats.default(ajv);
    const schemas = jsonSchemas(draft);
    for (const [name, { message, reads, opens, published }] of samples) {
      const said =
        message === 'event' ? JSON.parse(Buffer.from(published.split('.')[1] ?? '', 'base64url').toString()) : reads;
      expect(ajv.validate(schemas[message] ?? false, said), `${name}: ${ajv.errorsText()}`).toBe(true);
      const data = schemas[`data.${String(reads['type'])}`];
      if (data) expect(ajv.validate(data, opens), `${name}: ${ajv.errorsText()}`).toBe(true);
    }
    expect(ajv.validate(schemas['status'] ?? true, { state: 'asleep' })).toBe(false);
  });
});
