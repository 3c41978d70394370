import type { FieldBook } from './field-book.ts';
import type { Person } from './people.ts';

/** Without this one nobody is ever compared: whoever takes it back is not asked again by a team that comes by itself. */
export const COMPARISON = 'face-comparison';

interface Answer {
  readonly purpose: string;
  readonly given: boolean;
  readonly at: string;
}

/** The last answer of a person to each purpose: as recorded here, or taken back at another station since. */
export function consentsOf(person: Person, book: FieldBook): readonly Answer[] {
  const answers = new Map(book.consentsOf(person).map((answer) => [answer.purpose, answer]));
  for (const { purpose, at } of person.listed.flatMap(({ person: { withdrawn } }) => withdrawn ?? []))
    if (at > (answers.get(purpose)?.at ?? '')) answers.set(purpose, { purpose, given: false, at });
  return [...answers.values()];
}

/** Whether somebody has taken back the consent to be compared, here or elsewhere, and not given it again. */
export function hasWithdrawn(person: Person, book: FieldBook): boolean {
  if (book.isWithdrawn(person, COMPARISON)) return true;
  const told = person.listed.flatMap(({ person: { withdrawn } }) => withdrawn ?? []);
  const isTold = told.some(({ purpose }) => purpose === COMPARISON);
  return isTold && consentsOf(person, book).some(({ purpose, given }) => purpose === COMPARISON && !given);
}
