import type { z } from 'zod';

/** One thing wrong in a file: its field, what was expected and what is there. */
export function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const field = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const found = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : short(valueAt(json, issue.path));
  const expected = issue.message.replace(/, received .*$/, '').replace(/^Invalid input: /, '');
  return `${field.replace(/^\./, '') || 'the whole file'}: ${expectedWords(issue, expected)}, found ${found}`;
}

/** A name that nobody knows is told together with those that somebody does. */
function expectedWords(issue: z.core.$ZodIssue, message: string): string {
  if (issue.code !== 'invalid_union' || !('options' in issue) || !Array.isArray(issue.options)) return message;
  return `expected one of ${issue.options.map((option) => JSON.stringify(option)).join(', ')}`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], json);
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
