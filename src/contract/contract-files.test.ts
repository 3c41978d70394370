import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromFile, Parser } from '@asyncapi/parser';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { contractFiles } from './contract-files.ts';
import { MESSAGES } from './messages.ts';
import { downTopic, INGEST_STATE_TOPIC, parseTopic, REVOKE_TOPIC, shardOf, upTopic } from './topics.ts';

const FOLDER = fileURLToPath(new URL('../../docs/contract', import.meta.url));
const ASYNCAPI = join(FOLDER, 'asyncapi.yaml');
const STATION = 'st-000001';

test('TB-MSG-014 docs/contract is what the schemas in force say (`npm run contract` writes it)', () => {
  const files = contractFiles((document) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 }));
  const there = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(there.map(({ parentPath, name }) => join(parentPath, name)).sort()).toEqual(
    Object.keys(files)
      .map((path) => join(FOLDER, path))
      .sort(),
  );
  for (const [path, text] of Object.entries(files)) expect(readFileSync(join(FOLDER, path), 'utf8'), path).toBe(text);
});

test('TB-MSG-014 asyncapi.yaml passes the parser of AsyncAPI and a broken one does not', async () => {
  const { document, diagnostics } = await fromFile(new Parser(), ASYNCAPI).parse();
  const said = diagnostics.map(({ code, message, path }) => `${String(code)} ${path.join('.')}: ${message}`);
  // It advises the next edition of the format; tools for 3.0 are what receivers have.
  expect(said.filter((line) => !line.startsWith('asyncapi-latest-version'))).toEqual([]);
  expect(document?.channels().all()).toHaveLength(Object.values(MESSAGES).filter(({ topic }) => topic !== null).length);
  const broken = { ...parse(readFileSync(ASYNCAPI, 'utf8')), channels: { event: { address: 7 } } };
  expect((await new Parser().parse(broken)).document).toBeUndefined();
});

test('TB-MSG-005 the topics of the document are those of the code', () => {
  for (const { topic, direction } of Object.values(MESSAGES)) {
    if (topic === null) continue;
    const made = topic.replace('{shard}', String(shardOf(STATION))).replace('{station}', STATION);
    const parsed = parseTopic(made);
    if (parsed.kind === 'up') expect([direction, upTopic(STATION, parsed.channel)]).toEqual(['up', made]);
    else if (parsed.kind === 'down') expect([direction, downTopic(STATION, parsed.channel)]).toEqual(['down', made]);
    else expect([REVOKE_TOPIC, INGEST_STATE_TOPIC]).toContain(made);
  }
});
