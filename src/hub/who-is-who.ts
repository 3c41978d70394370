import type { WorkOrder } from '../contract/orders.ts';
import type { Said, SaidRecords } from './progress-records.ts';

type Listed = WorkOrder['people'][number];

/** A list with those who came without being on it, and by which of its entries somebody is meant. */
export interface WhoIsWho {
  readonly people: readonly Listed[];
  /** Entry of whoever has this pseudonym, else of whoever is called this; `null` = nobody of the list. */
  keyOf(entry: string | null, subject: string | null): string | null;
}

/**
 * Puts walk-ins on the list of their village, each once, and finds those who were on it all along: two are one only by a pseudonym that
 * a card has told. Names never make two people one.
 */
export function whoIsWho(order: WorkOrder, { visit, walkIn }: SaidRecords): WhoIsWho {
  const subjects = order.pseudonymKey === null ? new Map<string, string>() : toldByCards(visit);
  const bySubject = new Map(order.people.flatMap(({ entry, subject }) => (subject === null ? [] : [[subject, entry]])));
  const sameAs = new Map<string, string>();
  const people: Listed[] = [];
  const walkIns = new Map(walkIn.map((one) => [one.data.entry, one]));
  const add = (person: Listed) => {
    const subject = person.subject ?? subjects.get(person.entry) ?? null;
    const known = subject === null ? undefined : bySubject.get(subject);
    const isAnother = known !== undefined && known !== person.entry;
    // The district's own entry stays, whoever else it turns out to be: somebody there must look.
    if (isAnother && walkIns.has(person.entry)) return void sameAs.set(person.entry, known);
    if (subject !== null && !isAnother) bySubject.set(subject, person.entry);
    people.push({ ...person, subject: isAnother ? person.subject : subject });
  };
  for (const person of order.people) add(person);
  const listed = new Set(order.people.map(({ entry }) => entry));
  const villages = new Set(order.villages.map(({ code }) => code));
  const visited = new Set(visit.map(({ data }) => data.entry));
  for (const one of walkIns.values()) {
    const { entry, village, campaign } = one.data;
    const isOfCampaign = campaign === order.campaign || visited.has(entry);
    if (isOfCampaign && villages.has(village) && !listed.has(entry)) add(asListed(one));
  }
  const entries = new Set(people.map(({ entry }) => entry));
  return {
    people,
    keyOf(entry, subject) {
      const byCard = subject === null ? undefined : bySubject.get(subject);
      if (byCard !== undefined) return byCard;
      if (entry === null) return null;
      return sameAs.get(entry) ?? (entries.has(entry) ? entry : null);
    },
  };
}

/** Pseudonyms that people's own cards have told of entries without one. */
function toldByCards(visits: readonly Said<'visit'>[]): Map<string, string> {
  return new Map(
    visits.flatMap(({ data: { entry, subject, representation } }) =>
      entry != null && subject !== null && representation == null ? [[entry, subject] as const] : [],
    ),
  );
}

/** As staff entered them: a title that is written with the name stays with it. */
function asListed({ data: { entry, name, village, house, needs } }: Said<'walkIn'>): Listed {
  const [given = '', ...family] = name.trim().split(/\s+/);
  const known = needs.filter((need): need is Listed['needs'][number] => NEEDS.has(need));
  return {
    ...{ entry, village, house, needs: [...new Set(known)], subject: null, bornYear: null, phone: null },
    name: { title: '', given, family: family.join(' ') },
    ...{ due: null, team: null, known: null, attempts: 0 },
  };
}
const NEEDS: ReadonlySet<string> = new Set<Listed['needs'][number]>(['bedridden', 'deaf', 'blind', 'wheelchair']);
