import { z } from 'zod';
import { COMMANDS } from './down.ts';
import { EVENTS } from './events.ts';
import { MESSAGES } from './messages.ts';

/** What a file in `docs/contract/schemas` is called: a message, the data of an event, the arguments of a command. */
export type SchemaName = string;

/** Every schema of the protocol as JSON Schema, for the side that writes; unknown fields are allowed everywhere. */
export function jsonSchemas(
  target: 'draft-2020-12' | 'draft-7',
): Readonly<Record<SchemaName, Record<string, unknown>>> {
  const entries: (readonly [string, string, z.ZodType])[] = [
    ...Object.entries(MESSAGES).map(([name, { title, payload }]) => [name, title, payload] as const),
    ...Object.entries(EVENTS).map(([type, { title, data }]) => [`data.${type}`, title, data] as const),
    ...Object.entries(COMMANDS).map(([name, { title, args }]) => [`args.${name}`, title, args] as const),
  ];
  return Object.fromEntries(
    entries.map(([name, title, schema]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target, io: 'input' });
      return [name, { ...(target === 'draft-7' ? {} : { $schema }), title, ...rest }];
    }),
  );
}
