import { pseudonym } from '../contract/envelope/pseudonym.ts';
import type { Roster } from '../roster/roster.ts';

/** Keys of the lists under which people may be known, newest list first. */
export function listKeys(roster: Roster): readonly Uint8Array[] {
  return roster.pseudonymKeys().map((key) => Buffer.from(key, 'base64url'));
}

/**
 * Pseudonym of a citizen number. Each programme has its own key: the list that has somebody says by which they are known; of
 * whoever is on none what was recorded here, and else the newest list, so that all stations of a programme make the same.
 * @param own the station's key, of lists that bring none
 */
export function citizenPseudonym(roster: Roster, own: Uint8Array, number: string): string {
  const [newest = '', ...others] = [...listKeys(roster), own].map((key) => pseudonym(key, number));
  const made = [newest, ...others];
  return (
    made.find((subject) => roster.entryOf(subject) !== undefined) ??
    made.find((subject) => roster.book.attemptsOf(subject) > 0) ??
    newest
  );
}
