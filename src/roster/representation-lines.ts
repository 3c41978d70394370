import type { Relation } from '../visit/types.ts';
import type { FieldBook } from './field-book.ts';
import type { RepresentationLine } from './lines.ts';
import type { Person } from './people.ts';

/** Who acts, or acted, for a person: as recorded here, then as the server tells of other stations. @param today `YYYY-MM-DD` */
export function representationLines(person: Person, book: FieldBook, today: string): readonly RepresentationLine[] {
  const told = person.listed.flatMap(({ person: { known } }) => known?.representation ?? []);
  const peopleTold = (of: string) => Math.max(1, ...told.filter(({ id }) => id === of).map(({ people = 1 }) => people));
  const own = book.representationsOf(person).flatMap(({ representation: of }) =>
    of === null
      ? []
      : [
          {
            id: of.id,
            relation: of.relation,
            until: of.until,
            isRevoked: book.isRevoked(of.id),
            attestedBy: of.attestedBy?.staff ?? null,
            // The server knows of other stations, this one of what the server has not heard yet.
            peopleOfRepresentative: Math.max(book.peopleOf(of.by, today), peopleTold(of.id)),
          },
        ],
  );
  const elsewhere = new Map(told.filter(({ id }) => !own.some((one) => one.id === id)).map((one) => [one.id, one]));
  return [
    ...own,
    ...[...elsewhere.values()].map(({ id, relation, until, isRevoked }) => ({
      ...{ id, until, isRevoked: isRevoked || book.isRevoked(id) },
      // A newer server may know relations that this program does not: they are shown by their code.
      relation: relation as Relation,
      attestedBy: null,
      peopleOfRepresentative: peopleTold(id),
    })),
  ];
}
