import type { SaidRecords } from './progress-records.ts';

/**
 * For how many people of a campaign each representative stands on a day, at all stations together: a mandate that was taken back or
 * is over counts no more, nor does a record that another took the place of.
 * @param keyOf by which name somebody is meant, as the list of people has it
 * @param today `YYYY-MM-DD`
 * @returns by the id of a representation; `undefined` = no record tells whose it is
 */
export function peopleOfRepresentatives(
  visits: SaidRecords['visit'],
  revocations: SaidRecords['revocation'],
  keyOf: (entry: string | null, subject: string | null) => string | null,
  today: string,
): (id: string) => number | undefined {
  const revoked = new Set(revocations.map(({ data }) => data.id));
  const byId = new Map<string, string>();
  const people = new Map<string, Set<string>>();
  for (const { data } of visits) {
    const { entry = null, subject, visitId, representation: of } = data;
    if (!of) continue;
    byId.set(of.id, of.by);
    const theirs = people.get(of.by) ?? new Set<string>();
    people.set(of.by, theirs);
    if (!revoked.has(of.id) && of.until >= today) theirs.add(keyOf(entry, subject) ?? entry ?? subject ?? visitId);
  }
  return (id) => people.get(byId.get(id) ?? '')?.size;
}
