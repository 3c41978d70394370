import type { Order, OrderPerson } from '../roster/order.ts';
import { syntheticOrder } from '../roster/synthetic-order.ts';
import { virtualCards } from './registry.ts';

/** Whose card the simulator's panel puts in, as a list would have them. */
const WITH_CARDS = [
  { card: 'normal', given: 'สมหญิง', family: 'ใจดี', bornYear: 1958, needs: [] },
  { card: 'lifetime', given: 'คำ', family: 'แสงแก้ว', bornYear: 1936, needs: ['bedridden', 'deaf'] },
  { card: 'expired', given: 'สมหญิง', family: 'ใจดีบัตรหมดอายุ', bornYear: 1958, needs: ['wheelchair'] },
] as const;

/**
 * The list of a demonstration: made-up villages with made-up people, and the holders of the simulator's cards among them.
 * @param subjectOf keyed pseudonym of a citizen number
 */
export async function demoOrder(station: string, today: string, subjectOf: (number: string) => string): Promise<Order> {
  const { citizenNumberOf } = await virtualCards();
  const made = syntheticOrder({ seed: 7, station, people: 37, villages: 9, tambons: 2, day: today, days: 5 });
  const known: OrderPerson[] = WITH_CARDS.map(({ card, given, family, bornYear, needs }, index) => ({
    ...(made.people[index] as OrderPerson),
    entry: `demo-${card}`,
    subject: subjectOf(citizenNumberOf(card)),
    name: { title: 'นาง', given, family },
    bornYear,
    needs,
    due: today,
  }));
  return {
    ...made,
    id: 'order-demo',
    people: [...known, ...made.people.slice(known.length)],
    attemptsPerCampaign: 20,
    // The station's own pages, whose clips there are.
    about: { ...made.about, explain: [] },
  };
}
