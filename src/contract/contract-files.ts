import { asyncApi } from './asyncapi.ts';
import { CLAUSES } from './clauses.ts';
import { jsonSchemas } from './json-schemas.ts';
import { REFUSALS } from './refusals.ts';

/**
 * What `docs/contract` holds, by path.
 * @param toYaml writes an object as YAML
 */
export function contractFiles(toYaml: (document: unknown) => string): Readonly<Record<string, string>> {
  const schemas = Object.entries(jsonSchemas('draft-2020-12')).map(([name, schema]) => [
    `schemas/${name}.json`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
  return { 'asyncapi.yaml': toYaml(asyncApi()), 'clauses.md': clausesPage(), ...Object.fromEntries(schemas) };
}

function clausesPage(): string {
  const clauses = Object.entries(CLAUSES).map(([id, { says, tests }]) => `| ${id} | ${says} | ${tests.join(', ')} |`);
  const refusals = Object.entries(REFUSALS).map(([code, { en, th }]) => `| \`${code}\` | ${en} | ${th} |`);
  return [
    '# Clauses of the protocol, version 1',
    '',
    'Written by `npm run contract` from `src/contract`. Each clause is held by the tests beside it.',
    '',
    '| id | clause | tests |',
    '| --- | --- | --- |',
    ...clauses,
    '',
    '## Refusals',
    '',
    '| code | meaning | ความหมาย |',
    '| --- | --- | --- |',
    ...refusals,
    '',
  ].join('\n');
}
