import type { FieldBook } from '../field-book.ts';
import type { Person } from '../people.ts';

/** Letters and digits of a receipt's code: Crockford's base 32, in which I, L, O and U are missing. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;

/** The code of a receipt as somebody types it: any case, with or without its dash, with O for 0 and I or L for 1. `undefined` = none. */
export function typedReceipt(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return CODE.test(plain) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : undefined;
}

/** Whose receipt this is: of a visit here, or of the last one elsewhere that the server has told. */
export function findByReceipt(people: readonly Person[], book: FieldBook, code: string): Person | undefined {
  return people.find(
    (person) =>
      book.visitsOf(person).some(({ receipt }) => receipt === code) ||
      person.listed.some(({ person: { known } }) => known?.receipt === code),
  );
}
