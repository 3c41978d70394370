import type { EntryLine, EntryState } from '../../src/kiosk/desk-protocol.ts';
import { bangkokDay } from '../../src/shared/bangkok-day.ts';
import { FAULTS } from '../../src/shared/faults.ts';
import { formSerials } from '../../src/station/papers.ts';
import { KAMNAN, secondsSince, VOLUNTEER } from './at-reader.ts';
import type { Play } from './play.ts';
import { STATION } from './setting.ts';
import {
  deskChoice,
  enterConfirmed,
  recordAtDesk,
  visitPerson,
  visitWalkIn,
  visitWithNewCard,
} from './visit-person.ts';

/** Villages that are visited while the battery is flat, at most. */
const VILLAGES_ON_PAPER = 3;

/** One day, from the opening check to the day's report; who is next is asked of the station each time. */
export async function playDay(play: Play, day: number): Promise<void> {
  const startedAt = performance.now();
  const { troubles, days, note } = play.options;
  if (troubles.brokerUp === day) await endOutage(play);
  await play.morning(day);
  const { pages } = play;
  for (const witness of [KAMNAN, VOLUNTEER]) await pages.ask<'attend'>({ do: 'attend', witness });
  const { checks } = await pages.ask<'day'>({ do: 'day' });
  const confirmed = checks.filter(({ state }) => state === 'to-be-looked-at').map(({ id }) => id);
  await pages.ask<'open-day'>({ do: 'open-day', confirmed });
  if (day === 1 && troubles.onPaper !== null) await pages.ask<'export'>({ do: 'export', what: 'paper-pack' });

  const overview = await pages.ask<'overview'>({ do: 'overview', days: days.length - day + 1 });
  const plan = overview.days.find((one) => one.day === play.today);
  const villages = plan?.villages ?? [];
  note(`day ${day} (${play.today}): ${plan?.people ?? 0} people in ${villages.length} villages`);
  await newCards(play);
  for (const [at, village] of villages.entries()) {
    const isHalf = at === Math.floor(villages.length / 2);
    if (troubles.brokerDown === day && isHalf) await play.options.setting.broker.kill('SIGTERM');
    await playVillage(play, village);
    if (at === 0) await walkIn(play, village);
    if (at === 0 && troubles.onPaper === day) await workOnPaper(play, villages.slice(1));
  }
  await endDay(play, plan?.people ?? 0, startedAt);
}

async function playVillage(play: Play, village: string): Promise<void> {
  let before: string | undefined;
  for (;;) {
    await play.signIn();
    const { people } = await play.pages.ask<'village'>({ do: 'village', village });
    const next = people.find((line) => isToVisit(line, play.today));
    if (!next) return;
    const how = await visitPerson(play, next);
    if (how === 'cut') {
      await powerIsBack(play, next.entry);
      continue;
    }
    if (next.entry === before) throw new Error(`${next.entry} is still to be visited after a visit`);
    before = next.entry;
  }
}

/** Whoever is left, was not met today, and is not to be met on a later day. */
function isToVisit({ state, last, due }: EntryLine, today: string): boolean {
  if (state !== 'left' && state !== 'due-today') return false;
  if (last === null) return true;
  return bangkokDay(new Date(last.at)) !== today && (due === null || due <= today);
}

/** The station is started again; that somebody was being served is what it does not know, and so they are still left. */
async function powerIsBack(play: Play, entry: string): Promise<void> {
  const seconds = await play.switchOn();
  const person = await play.pages.ask<'person'>({ do: 'person', entry });
  if (person.last !== null) throw new Error('a visit that was cut has an outcome');
  play.book.troubles.push({
    day: play.day,
    kind: 'power-cut',
    figures: { secondsToReady: Math.round(seconds), visitsAgain: 1 },
  });
}

/** The battery is flat: whoever needs no card is written onto forms, which are entered when there is power again. */
async function workOnPaper(play: Play, villages: readonly string[]): Promise<void> {
  const met: { readonly line: EntryLine; readonly village: string }[] = [];
  const seen = new Set<string>();
  /** One with a good card, whom the two officers know. */
  let known: (typeof met)[number] | undefined;
  for (const village of villages) {
    if (seen.size >= VILLAGES_ON_PAPER) break;
    const { people } = await play.pages.ask<'village'>({ do: 'village', village });
    for (const line of people) {
      const life = play.options.lives.get(line.entry);
      if (!life || !isToVisit(line, play.today)) continue;
      if (life.story === 'own') known ??= { line, village };
      if (!deskChoice(life, line)) continue;
      met.push({ line, village });
      seen.add(village);
    }
  }
  await play.switchOff();
  // Nothing happens at the station meanwhile.
  const seconds = await play.switchOn();
  const forms = formSerials(STATION, 1, met.length + 1);
  for (const [i, { line, village }] of met.entries()) {
    const life = play.options.lives.get(line.entry);
    const choice = life && deskChoice(life, line);
    if (life && choice) await recordAtDesk(play, life, village, choice, forms[i]?.serial ?? null);
  }
  const life = known && play.options.lives.get(known.line.entry);
  if (known && life) await enterConfirmed(play, life, known.village, forms.at(-1)?.serial ?? '');
  const figures = { forms: met.length + (known ? 1 : 0), villages: seen.size, secondsToReady: Math.round(seconds) };
  play.book.troubles.push({ day: play.day, kind: 'battery-flat', figures });
}

async function walkIn(play: Play, village: string): Promise<void> {
  const { walkIns } = play.options.troubles;
  const days = play.options.days.length;
  for (let n = play.day - 1; n < walkIns; n += days) await visitWalkIn(play, n, village, n % 3 !== 2);
}

/** On the batch day people go to the district office; from the day after the team comes to whoever has a new card. */
async function newCards(play: Play): Promise<void> {
  const { pages, batchDate, today, book, options } = play;
  if (batchDate === null) return;
  if (today === batchDate) {
    const { lines, rides } = await pages.ask<'batch-day'>({ do: 'batch-day', day: today });
    // One in eight does not come.
    const came = lines.filter((_, i) => i % 8 !== 7);
    for (const { entry } of came) if (entry !== null) play.renewed.add(entry);
    book.batch.push({ asked: lines.length, rides, renewed: came.length, closedByCard: 0 });
    await pages.ask<'print'>({ do: 'print', what: { kind: 'referrals' } });
    // A list of names goes onto a stick or nowhere: where none is plugged in, paper has to do.
    const list = await pages.try<'export'>({ do: 'export', what: 'referrals' });
    if ('refused' in list && !list.words.en.startsWith(FAULTS.STICK_MISSING.cause.en))
      throw new Error(`export is refused: ${list.words.en}`);
    const where = 'folder' in list ? 'on paper and stick' : 'on paper';
    options.note(`batch day: ${lines.length} referrals ${where}, ${rides} rides, ${came.length} new cards`);
    return;
  }
  if (today < batchDate) return;
  const open = (await pages.ask<'referrals'>({ do: 'referrals' })).filter(
    ({ closed, appointment, entry }) => !closed && appointment !== null && appointment < today && entry !== null,
  );
  const [batch] = book.batch;
  for (const { entry } of open) {
    if (entry === null || !play.renewed.has(entry)) continue;
    await play.signIn();
    await visitWithNewCard(play, await pages.ask<'person'>({ do: 'person', entry }));
    const { referral } = await pages.ask<'person'>({ do: 'person', entry });
    if (batch && referral?.closed?.by === 'card') batch.closedByCard += 1;
  }
}

/** The broker is there again, before the station is. */
async function endOutage({ options, book, day }: Play): Promise<void> {
  await options.setting.broker.up();
  const last = book.days.at(-1);
  const figures = {
    waitingEvents: last?.unsentAtEnd ?? 0,
    oldestHours: Math.round(((last?.oldestUnsentS ?? 0) / 3_600) * 10) / 10,
  };
  book.troubles.push({ day: day + 1, kind: 'broker-away', figures });
}

async function endDay(play: Play, planned: number, startedAt: number): Promise<void> {
  const { book, options } = play;
  await play.signIn();
  const { pages } = play;
  const standing = await standingNow(play);
  const closed = await pages.ask<'close-day'>({ do: 'close-day' });
  if (!options.isSmall) await pages.ask<'print'>({ do: 'print', what: { kind: 'day-report' } });
  if (!options.isSmall || play.isLastDay) await pages.ask<'export'>({ do: 'export', what: 'day-report' });
  if (closed.state !== 'closed') throw new Error('the day is not closed');
  const { unsent } = pages.status;
  const { visits, outcomes, events, superseded, receipts } = closed.counts;
  book.days.push({
    ...{ day: play.today, planned, visits, outcomes, events, superseded, receipts, standing },
    ...{ isReconciled: closed.isReconciled, unsentAtEnd: unsent.count, oldestUnsentS: unsent.oldestAgeS },
    seconds: secondsSince(startedAt),
  });
  options.note(
    `day ${play.day} closed: ${visits} visits, ${unsent.count} events wait, ${Math.round(secondsSince(startedAt))} s`,
  );
  // On the last day the books are looked at first.
  if (!play.isLastDay) await play.switchOff();
}

/** Where everybody of the lists stands, walk-ins too. */
async function standingNow({ pages }: Play): Promise<Record<EntryState, number>> {
  const counts: Record<EntryState, number> = { left: 0, 'due-today': 0, 'new-card': 0, served: 0, closed: 0 };
  const { villages } = await pages.ask<'overview'>({ do: 'overview' });
  for (const { code } of villages) {
    const { people } = await pages.ask<'village'>({ do: 'village', village: code });
    for (const { state } of people) counts[state] += 1;
  }
  return counts;
}
