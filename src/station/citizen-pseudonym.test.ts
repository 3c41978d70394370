import { expect, test } from 'vitest';
import { keptList, smallOrder, somebody, visitNote } from '../../tests/fixtures/roster.ts';
import { pseudonym } from '../contract/envelope/pseudonym.ts';
import { FieldBook } from '../roster/field-book.ts';
import { Roster } from '../roster/roster.ts';
import { citizenPseudonym } from './citizen-pseudonym.ts';

const key = (byte: number) => Buffer.alloc(32, byte);
const [OLD, NEW, OWN] = [key(1), key(2), key(3)];
const [ANA, BUN, CHAI] = ['1101700230704', '1101700230712', '1101700230721'];

test('two programmes on one station: a card is known by the key of the list that has its holder, else of what is known here', () => {
  const order = (id: string, issuedAt: string, pseudonymKey: Buffer | null, entry: string, subject: string) =>
    keptList(
      smallOrder({
        ...{ id, issuedAt, people: [somebody({ entry, subject })] },
        pseudonymKey: pseudonymKey?.toString('base64url') ?? null,
      }),
    );
  const book = new FieldBook();
  const roster = new Roster(book, [
    order('old', '2026-11-01T00:00:00.000Z', OLD, 'old-1', pseudonym(OLD, ANA)),
    order('new', '2026-11-20T00:00:00.000Z', NEW, 'new-1', pseudonym(NEW, BUN)),
    order('own', '2026-10-01T00:00:00.000Z', null, 'own-1', pseudonym(OWN, CHAI)),
  ]);
  const of = (number: string) => citizenPseudonym(roster, OWN, number);
  expect([ANA, BUN, CHAI].map((number) => roster.entryOf(of(number)))).toEqual(['old-1', 'new-1', 'own-1']);
  // Nobody of the lists: the newest one's, until something is known of them under another.
  const stranger = '1101700230739';
  expect(of(stranger)).toBe(pseudonym(NEW, stranger));
  book.apply({
    eventId: 'x',
    at: '2026-11-22T03:00:00.000Z',
    note: { kind: 'attempt', visitId: 'v', subject: pseudonym(OLD, stranger) },
  });
  expect(of(stranger)).toBe(pseudonym(OLD, stranger));
  expect(citizenPseudonym(new Roster(new FieldBook()), OWN, ANA)).toBe(pseudonym(OWN, ANA));
});

test('whoever came without being on a list is known again after a new list has come', () => {
  const book = new FieldBook();
  const number = '1101700230747';
  const subject = pseudonym(OWN, number);
  const note = visitNote({ entry: null, subject, name: 'นายมาเอง ตัวอย่าง' });
  book.apply({ eventId: 'y', at: '2026-11-22T03:00:00.000Z', note });
  const list = keptList(smallOrder({ people: [], pseudonymKey: NEW.toString('base64url') }));
  expect(citizenPseudonym(new Roster(book, [list]), OWN, number)).toBe(subject);
});
