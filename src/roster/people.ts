import type { FieldBook } from './field-book.ts';
import type { KeptList } from './kept-list.ts';
import type { Order, OrderPerson, OrderVillage } from './order.ts';
import { foldThai, withoutTitle } from './search/fold-thai.ts';

/** One person of all lists, walk-ins and cards that came without being on any. */
export interface Person {
  /** The entry by which staff ask; the other ones mean the same person. */
  readonly entry: string;
  readonly entries: readonly string[];
  readonly subject: string | null;
  readonly name: OrderPerson['name'];
  readonly bornYear: number | null;
  readonly village: string;
  readonly house: string | null;
  readonly phone: string | null;
  readonly needs: OrderPerson['needs'];
  readonly due: string | null;
  readonly team: string | null;
  readonly isWalkIn: boolean;
  /** The newest revision has them no more: they are there for what was recorded. */
  readonly isStruckOff: boolean;
  /** On each list that has them, newest first; none for walk-ins. */
  readonly listed: readonly { readonly list: KeptList; readonly person: OrderPerson }[];
}

export interface People {
  readonly all: readonly Person[];
  readonly byEntry: ReadonlyMap<string, Person>;
  /** By what a code on a letter says of an entry; `null` = it may mean two. */
  readonly byCode: ReadonlyMap<string, Person | null>;
  readonly bySubject: ReadonlyMap<string, Person>;
  readonly byVillage: ReadonlyMap<string, readonly Person[]>;
  readonly villages: ReadonlyMap<string, OrderVillage>;
}

/** What a card on no list is called as an entry. */
const strangerEntry = (subject: string) => `card:${subject}`;
/** Whether an entry is such a name: this station's own, and no other's business. */
export const isStranger = (entry: string): boolean => entry.startsWith('card:');

/**
 * Who is who: the same entry or the same pseudonym on two lists is one person, and so is a walk-in whose card turns out to be on a list.
 * Names never make two people one.
 * @param lists newest first
 */
export function gatherPeople(lists: readonly KeptList[], book: FieldBook): People {
  type Listed = Person['listed'][number];
  const groups: { listed: Listed[]; entries: Set<string>; subject: string | null; walkIn: Person | null }[] = [];
  const byKey = new Map<string, (typeof groups)[number]>();
  const join = (entry: string, subject: string | null) => {
    const known = subject ?? book.subjectOf(entry) ?? null;
    const [one, other] = [byKey.get(`e ${entry}`), known === null ? undefined : byKey.get(`s ${known}`)];
    const group = one ?? other ?? { listed: [], entries: new Set<string>(), subject: known, walkIn: null };
    if (!one && !other) groups.push(group);
    if (one && other && one !== other) merge(one, other);
    group.entries.add(entry);
    group.subject ??= known;
    byKey.set(`e ${entry}`, group);
    if (known !== null) byKey.set(`s ${known}`, group);
    return group;
  };
  const merge = (into: (typeof groups)[number], from: (typeof groups)[number]) => {
    into.listed.push(...from.listed);
    into.walkIn ??= from.walkIn;
    for (const entry of from.entries) into.entries.add(entry);
    for (const [key, group] of byKey) if (group === from) byKey.set(key, into);
    groups.splice(groups.indexOf(from), 1);
  };
  for (const list of lists)
    for (const person of [...list.order.people, ...list.struckOff])
      join(person.entry, person.subject).listed.push({ list, person });
  for (const walkIn of book.walkIns()) join(walkIn.entry, null).walkIn ??= fromWalkIn(walkIn);
  for (const [subject, { name, village, at }] of book.strangers()) {
    const entry = strangerEntry(subject);
    const stranger = { entry, name: name ?? '', village: village ?? '', house: null, needs: [], at };
    // Whoever turns out to be on a list, or a walk-in, keeps what was recorded under this name too.
    join(entry, subject).walkIn ??= fromWalkIn(stranger);
  }
  return indexed(groups.map(toPerson), lists);
}

function fromWalkIn(walkIn: {
  readonly entry: string;
  readonly name: string;
  readonly village: string;
  readonly house: string | null;
  readonly needs: Person['needs'];
}): Person {
  const { entry, name, village, house, needs } = walkIn;
  const bare = withoutTitle(name.trim());
  const [given = '', ...family] = bare.split(/\s+/);
  return {
    entry,
    entries: [entry],
    subject: null,
    name: {
      title: name
        .trim()
        .slice(0, -bare.length || undefined)
        .trim(),
      given,
      family: family.join(' '),
    },
    bornYear: null,
    village,
    house,
    phone: null,
    needs,
    due: null,
    team: null,
    isWalkIn: true,
    isStruckOff: false,
    listed: [],
  };
}

function toPerson(group: {
  readonly listed: Person['listed'];
  readonly entries: ReadonlySet<string>;
  readonly subject: string | null;
  readonly walkIn: Person | null;
}): Person {
  const [newest] = group.listed;
  const entries = [...group.entries];
  if (!newest) return { ...(group.walkIn as Person), entries, subject: group.subject };
  const { person } = newest;
  const isStruckOff = !group.walkIn && group.listed.every((one) => one.list.struckOff.includes(one.person));
  // Nearly everybody: one list, one entry.
  if (group.listed.length === 1) {
    const { entry, name, bornYear, village, house, phone, needs, due, team } = person;
    const said = { entry, name, bornYear, village, house, phone, needs, due, team };
    return { ...said, entries, subject: group.subject, isWalkIn: false, isStruckOff, listed: group.listed };
  }
  const dues = group.listed.flatMap((one) => (one.person.due === null ? [] : [one.person.due])).sort();
  // By the list's name, not its age: the entry must not change when another list gets a new revision.
  const named = [...group.listed].sort((a, b) => (a.list.order.id < b.list.order.id ? -1 : 1))[0] ?? newest;
  return {
    entry: named.person.entry,
    entries,
    subject: group.subject,
    name: person.name,
    bornYear: person.bornYear,
    village: person.village,
    house: person.house,
    phone: person.phone,
    needs: [...new Set(group.listed.flatMap((one) => one.person.needs))],
    due: dues[0] ?? null,
    team: person.team,
    isWalkIn: false,
    isStruckOff,
    listed: group.listed,
  };
}

function indexed(all: readonly Person[], lists: readonly KeptList[]): People {
  const byEntry = new Map(all.flatMap((person) => person.entries.map((entry) => [entry, person] as const)));
  const byCode = new Map<string, Person | null>();
  for (const [entry, person] of byEntry) {
    const code = codeOf(entry);
    const isFree = !byCode.has(code) || byCode.get(code) === person;
    byCode.set(code, isFree ? person : null);
  }
  const bySubject = new Map(
    all.flatMap((person) => (person.subject === null ? [] : [[person.subject, person] as const])),
  );
  const byVillage = new Map<string, Person[]>();
  for (const person of all) {
    const there = byVillage.get(person.village);
    if (there) there.push(person);
    else byVillage.set(person.village, [person]);
  }
  // The newest list's word on a village counts.
  const villages = new Map(lists.toReversed().flatMap(({ order }) => order.villages.map((one) => [one.code, one])));
  return { all, byEntry, byCode, bySubject, byVillage, villages };
}

/** What a QR code carries of an entry: it has capitals and digits only. */
export const codeOf = (entry: string): string => entry.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** Who else may be the same person: for people to judge, never joined by itself. */
export function perhapsSame(person: Person, { byVillage }: Pick<People, 'byVillage'>): readonly Person[] {
  const name = nameKey(person);
  return (byVillage.get(person.village) ?? []).filter(
    (other) =>
      other !== person &&
      nameKey(other) === name &&
      (other.bornYear === null || person.bornYear === null || other.bornYear === person.bornYear) &&
      !areCertainlyTwo(person, other),
  );
}

/** Two pseudonyms under the same programme's key are two people. */
function areCertainlyTwo(one: Person, other: Person): boolean {
  if (one.subject === null || other.subject === null) return false;
  const programmes = new Set(one.listed.map(({ list }) => list.order.programme));
  return one.listed.length === 0 || other.listed.some(({ list }) => programmes.has(list.order.programme));
}

/** Whether an entry of one list is another person on the other: together they would make two people one. */
export function areClashing(one: Order, next: Order): boolean {
  const others = new Map(one.people.map((person) => [person.entry, person]));
  return next.people.some((person) => {
    const other = others.get(person.entry);
    if (!other || (person.subject !== null && person.subject === other.subject)) return false;
    // Entries are names within a programme, and so are pseudonyms.
    if (one.programme !== next.programme) return areUnlike(person, other);
    return other.subject !== null && person.subject !== null;
  });
}

/** Whether two may not be one person: another name as it is heard, or another year of birth. */
function areUnlike(one: OrderPerson, other: OrderPerson): boolean {
  const isBornThen = one.bornYear === null || other.bornYear === null || one.bornYear === other.bornYear;
  return !isBornThen || nameKey(one) !== nameKey(other);
}

function nameKey({ name }: Pick<Person, 'name'>): string {
  return `${foldThai(name.given)} ${foldThai(name.family)}`;
}

/** As it is said: title, given name, family name. */
export function fullName({ name }: Pick<Person, 'name'>): string {
  return [`${name.title}${name.given}`, name.family].filter((part) => part !== '').join(' ');
}

/** What people call the team; a list that names none leaves its id. */
export function teamName({ team, listed: [newest] }: Person): string | null {
  return newest?.list.order.teams.find(({ id }) => id === team)?.name ?? team;
}
