import { REASON_WORDS } from '../visit/reasons.ts';
import type { ReferralReason } from '../visit/types.ts';
import { compareText } from './compare-text.ts';
import type { FieldBook } from './field-book.ts';
import type { ReferralLine } from './lines.ts';
import { fullName, type People } from './people.ts';
import { standingOf } from './standing.ts';
import { fullVillageName } from './village-name.ts';

/**
 * The newest referral of everybody, and of visits that nobody of the lists stands behind; open ones first, by village, oldest first.
 * @param today `YYYY-MM-DD`
 */
export function referralLines(people: People, book: FieldBook, today: string): readonly ReferralLine[] {
  const placeOf = (village: string) => {
    const known = people.villages.get(village);
    return { village, villageName: known ? fullVillageName({ ...known, tambon: known.tambon.name }) : village };
  };
  const lines: ReferralLine[] = people.all.flatMap((person) => {
    const { referral } = standingOf(person, book, today);
    return referral ? [{ ...referral, ...placeOf(person.village), entry: person.entry, name: fullName(person) }] : [];
  });
  for (const { visit, needs, closed } of book.referrals()) {
    const isSomebodys =
      (visit.entry !== null && people.byEntry.has(visit.entry)) ||
      (visit.subject !== null && people.bySubject.has(visit.subject));
    if (isSomebodys) continue;
    const code = (visit.reason ?? 'card-unreadable') as ReferralReason;
    lines.push({
      visitId: visit.visitId,
      reason: { code, words: REASON_WORDS[code] ?? { th: code, en: code } },
      since: visit.at,
      ...needs,
      closed,
      entry: visit.entry,
      name: visit.name ?? '',
      ...placeOf(visit.village ?? ''),
    });
  }
  return lines.sort(
    (a, b) =>
      Number(a.closed !== null) - Number(b.closed !== null) ||
      compareText(a.village, b.village) ||
      compareText(a.since, b.since),
  );
}
