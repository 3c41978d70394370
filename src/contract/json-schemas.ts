import { z } from 'zod';
import { COMMANDS } from './down.ts';
import { EVENTS } from './events.ts';
import { MESSAGES } from './messages.ts';
import { orderSchema } from './orders.ts';

/**
 * Every schema of the protocol as JSON Schema, for the side that writes; unknown fields are allowed everywhere.
 * @returns by name: a message, `work-order`, `data.` and the type of an event, `args.` and the name of a command
 */
export function jsonSchemas(target: 'draft-2020-12' | 'draft-7'): Readonly<Record<string, Record<string, unknown>>> {
  const entries: (readonly [string, string, z.ZodType])[] = [
    ...Object.entries(MESSAGES).map(([name, { title, payload }]) => [name, title, payload] as const),
    ['work-order', 'A work order, before it is sealed to its station', orderSchema] as const,
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
