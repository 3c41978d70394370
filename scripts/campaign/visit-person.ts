import type { EntryLine, OperatorVisit, ReferralNeeds } from '../../src/kiosk/desk-protocol.ts';
import { addDays } from '../../src/roster/order.ts';
import type { DeskChoice, OutcomeKind, VisitPlace } from '../../src/visit/types.ts';
import {
  agree,
  decide,
  expect,
  KAMNAN,
  outcome,
  putIn,
  secondsSince,
  takeOut,
  VOLUNTEER,
  type Voice,
} from './at-reader.ts';
import type { PlayedVisit } from './book.ts';
import { cardOf, OFF_LIST, stranger } from './cards.ts';
import type { Life, Story } from './lives.ts';
import type { Play } from './play.ts';
import { STAFF } from './setting.ts';

/** `cut` = the power went in the middle of it, and nothing of it is known to the station. */
export type Visited = 'visited' | 'cut';

const FIRST_CARETAKER_FACE = 0;
/** Who is before the camera with a yes: there the power goes. */
const CAPTURED: ReadonlySet<Story> = new Set(['own', 'absent-once', 'expired', 'mismatch', 'represented']);

/** The team is at somebody's house and finds what is true there. */
export async function visitPerson(play: Play, line: EntryLine): Promise<Visited> {
  const life = play.options.lives.get(line.entry);
  if (!life) throw new Error(`nobody lives at ${line.entry}`);
  await play.signIn();
  const choice = deskChoice(life, line);
  if (choice) {
    await recordAtDesk(play, life, line.village, choice, null);
    return 'visited';
  }
  return await visitWithCard(play, life, line);
}

/** What the team writes down without a card; `undefined` = the person is there. */
export function deskChoice({ story }: Life, { last }: Pick<EntryLine, 'last'>): DeskChoice | undefined {
  switch (story) {
    case 'absent-once':
      return last === null ? { kind: 'not-served', reason: 'not-at-home' } : undefined;
    case 'hospital':
      return { kind: 'not-served', reason: 'in-hospital' };
    case 'moved':
    case 'deceased':
    case 'refused-visit':
      return { kind: 'not-served', reason: story };
    case 'no-card':
      return last === null ? { kind: 'referred', reason: 'no-card' } : undefined;
    default:
      return undefined;
  }
}

/** Three taps of the operator. @param form serial of the paper form that it is copied from */
export async function recordAtDesk(
  play: Play,
  life: Life,
  village: string,
  choice: DeskChoice,
  form: string | null,
): Promise<void> {
  const startedAt = performance.now();
  const isBack = choice.kind === 'not-served' && choice.reason === 'not-at-home';
  const due = isBack ? play.comeAgain() : null;
  const { entry } = life;
  const kept =
    form === null
      ? await play.pages.ask<'record'>({ do: 'record', entry, choice, due })
      : await play.pages.ask<'record-form'>({ do: 'record-form', form, entry, seenOn: play.today, due, choice });
  if (choice.kind === 'referred') await refer(play, life, kept.visitId);
  play.book.visits.push({
    ...{ day: play.day, entry: life.entry, village, story: life.story },
    ...{ outcome: kept.outcome, reason: kept.reason?.code ?? null },
    ...{ way: form === null ? 'desk' : 'paper', seconds: secondsSince(startedAt), captures: 0, isOverride: false },
  });
}

/** Two officers had looked and signed while the station was dead; now each answers for it. */
export async function enterConfirmed(play: Play, life: Life, village: string, form: string): Promise<void> {
  const startedAt = performance.now();
  const facts = { form, entry: life.entry, seenOn: play.today, due: null };
  let outcome: OutcomeKind | undefined;
  for (const { id, pin } of [STAFF.first, STAFF.second]) {
    const said = await play.pages.ask<'decide-form'>({
      ...{ do: 'decide-form', ...facts, why: 'engine-failed', answer: 'same-person', reason: 'known-in-person' },
      credential: { by: 'pin', staff: id, pin },
    });
    if (said.state === 'recorded') outcome = said.outcome.outcome;
  }
  if (outcome !== 'confirmed-by-officer') throw new Error(`two officers on paper: ${outcome ?? 'nothing recorded'}`);
  play.book.visits.push({
    ...{ day: play.day, entry: life.entry, village, story: life.story, outcome, reason: 'engine-failed' },
    ...{ way: 'paper', seconds: secondsSince(startedAt), captures: 0, isOverride: false },
  });
}

/** What the district office needs, and the day of the batch, or one after the campaign. */
async function refer(play: Play, { index }: Life, visitId: string): Promise<void> {
  const { batchDate, today, options, pages } = play;
  const isInTime = batchDate !== null && today < batchDate;
  const cannot = index % 5 === 0;
  const needs: ReferralNeeds = {
    transport: cannot ? 'cannot-travel' : index % 2 === 0 ? 'needs-ride' : 'own',
    bedsideReissue: cannot,
    contact: index % 3 === 0 ? 'ผู้ใหญ่บ้านตัวอย่าง' : null,
    appointment: isInTime ? batchDate : addDays(options.days.at(-1) ?? today, 7),
  };
  await pages.ask<'refer'>({ do: 'refer', visitId, needs });
}

async function visitWithCard(play: Play, life: Life, line: EntryLine): Promise<Visited> {
  const place: VisitPlace = line.needs.includes('bedridden') ? 'bedside' : 'station';
  const voice: Voice = line.needs.includes('blind') ? 'voice' : line.needs.includes('deaf') ? 'button' : 'touch';
  if (life.story === 'represented') await expectCaretaker(play, line, place);
  else await expect(play, line.entry, place);
  if (life.story === 'wrong-card' && play.people.get(line.entry)?.subject) await takeNeighboursCard(play, life);

  const isPlain = life.story === 'own' || life.story === 'absent-once';
  const isCameraPulled = isPlain && isDue(play, 'camera-pulled', play.options.troubles.cameraPulled);
  if (isCameraPulled) await play.station.world({ do: 'plug-camera', isPlugged: false });
  const startedAt = await (life.story === 'represented' ? putInCaretakers(play) : putInOwn(play, life));
  if (life.story === 'damaged' && !play.renewed.has(life.entry)) await putInAgain(play, life);
  else {
    if (life.story === 'prefers-officers') await askForPeople(play);
    else if (life.story === 'declines') await declineIt(play);
    else await agree(play, voice);
    if (!isCameraPulled && CAPTURED.has(life.story) && isDue(play, 'power-cut', play.options.troubles.powerCut)) {
      await play.pages.untilScreen('capture', 'checking');
      await play.powerCut();
      return 'cut';
    }
    if (life.story === 'capture-again') await captureAgain(play, life);
  }
  let visit = await outcome(play);
  const needsOfficers = visit.phase === 'with-officers';
  if (needsOfficers)
    visit = await decide(
      play,
      life.story === 'disagree' ? ['same-person', 'not-same-person'] : ['same-person', 'same-person'],
    );
  const seconds = secondsSince(startedAt);
  if (visit.outcome === 'referred') await refer(play, life, visit.visitId);
  else await explain(play, line);
  if (life.index % 10 === 0)
    await play.pages.ask<'print'>({ do: 'print', what: { kind: 'receipt', visitId: visit.visitId } });
  await takeOut(play);
  if (isCameraPulled) {
    await play.station.world({ do: 'plug-camera', isPlugged: true });
    play.book.troubles.push({ day: play.day, kind: 'camera-pulled', figures: { byOfficers: 1, seconds } });
  }
  write(play, visit, { line, story: life.story, seconds, isOverride: needsOfficers });
  return 'visited';
}

/** A trouble that comes once: on its day, or as soon after it as there is somebody whom it may meet. */
function isDue(play: Play, trouble: string, day: number): boolean {
  if (play.day < day || play.had.has(trouble)) return false;
  play.had.add(trouble);
  return true;
}

function putInOwn(play: Play, life: Life): Promise<number> {
  // The machine sees somebody else in two stories: years, illness and a bad photograph make them so.
  const shown =
    life.story === 'mismatch' || life.story === 'disagree'
      ? life.face + 2
      : life.story === 'capture-again'
        ? null
        : life.face;
  return putIn(play, play.cardOf(life), life.face, shown);
}

/** The chip says nothing, twice. */
async function putInAgain(play: Play, life: Life): Promise<void> {
  await play.pages.untilScreen('reinsert');
  await takeOut(play);
  play.book.abandoned += 1;
  await putInOwn(play, life);
}

async function expectCaretaker(play: Play, line: EntryLine, place: VisitPlace): Promise<void> {
  const { pages } = play;
  await pages.untilScreen('idle');
  const isFirst = !play.book.visits.some(({ story }) => story === 'represented');
  // A mandate on paper is photographed before it is believed.
  if (isFirst) await pages.ask<'photograph-mandate'>({ do: 'photograph-mandate', entry: line.entry });
  await pages.ask<'expect-representative'>({
    do: 'expect-representative',
    representation: {
      entry: line.entry,
      relation: 'caretaker',
      mandate: isFirst ? 'paper' : 'attested',
      scope: ['register', 'collect'],
      until: addDays(play.today, 365),
      witnesses: [KAMNAN, VOLUNTEER],
    },
    place,
    credential: isFirst ? null : { by: 'pin', staff: STAFF.second.id, pin: STAFF.second.pin },
  });
}

function putInCaretakers(play: Play): Promise<number> {
  const number = play.options.setting.numberOf(OFF_LIST.caretaker);
  const card = cardOf(stranger('ใจเอื้อเฟื้อ'), number, 'good', play.first, null);
  return putIn(play, card, FIRST_CARETAKER_FACE, FIRST_CARETAKER_FACE);
}

/** Two cards lie in one drawer: the station says whose it is not, and it is taken out again. */
async function takeNeighboursCard(play: Play, { index, face }: Life): Promise<void> {
  const number = play.options.setting.numberOf(OFF_LIST.neighbour + index);
  await putIn(play, cardOf(stranger('บ้านใกล้เรือนเคียง'), number, 'good', play.first, null), face, face);
  await play.pages.until('the word that it is somebody else', () =>
    play.pages.visit?.isSomebodyElse ? true : undefined,
  );
  await takeOut(play);
  play.book.abandoned += 1;
}

async function askForPeople(play: Play): Promise<void> {
  const { pages } = play;
  await pages.untilScreen('reading');
  pages.say({ kind: 'consent', purpose: 'face-comparison', choice: 'ask-staff', how: 'touch' });
}

/** They would rather not, and tell the operator so. */
async function declineIt(play: Play): Promise<void> {
  const { visitId } = await play.pages.until('the visit', () => play.pages.visit ?? undefined);
  await play.pages.ask<'end-visit'>({ do: 'end-visit', visitId, choice: { kind: 'declined' } });
}

/** They look away, staff are called, and one more capture does it. */
async function captureAgain(play: Play, { face }: Life): Promise<void> {
  const { pages } = play;
  await pages.until('the whole card', () =>
    pages.screen.screen === 'capture' && pages.screen.cardProgress === 1 ? true : undefined,
  );
  pages.say({ kind: 'call-staff' });
  const { visitId } = await pages.until('one more capture', () =>
    pages.visit?.mayCaptureAgain ? pages.visit : undefined,
  );
  await play.station.world({ do: 'face', face });
  await pages.ask<'capture-again'>({ do: 'capture-again', visitId });
  await pages.untilScreen('capture', 'checking', 'done');
}

async function explain(play: Play, { entry, needs }: EntryLine): Promise<void> {
  const how = needs.includes('deaf') ? 'pictures' : needs.includes('blind') ? 'read-aloud' : 'slip';
  await play.pages.ask<'explained'>({ do: 'explained', entry, how });
}

/** Somebody who was sent for a new card has it: whoever comes back is found by the list of referrals. */
export async function visitWithNewCard(play: Play, line: EntryLine): Promise<void> {
  const life = play.options.lives.get(line.entry);
  if (!life) throw new Error(`nobody lives at ${line.entry}`);
  const place: VisitPlace = line.needs.includes('bedridden') ? 'bedside' : 'station';
  await expect(play, line.entry, place);
  const startedAt = await putIn(play, play.cardOf(life), life.face, life.face);
  await agree(play, line.needs.includes('deaf') ? 'button' : 'touch');
  const visit = await outcome(play);
  const seconds = secondsSince(startedAt);
  await explain(play, line);
  await takeOut(play);
  write(play, visit, { line, story: 'new-card', seconds, isOverride: false });
}

/** Somebody comes who is on no list. @param isKnown the operator writes their name down first */
export async function visitWalkIn(play: Play, n: number, village: string, isKnown: boolean): Promise<void> {
  const who = stranger(['ผ่านมา', 'มาเยือน', 'แวะพัก', 'ถามทาง'][n % 4] ?? 'ผ่านมา');
  const { title, given, family } = who.name;
  let entry: string | null = null;
  if (isKnown) {
    const added = await play.pages.ask<'add-walk-in'>({
      do: 'add-walk-in',
      ...{ name: `${title}${given} ${family}`, village, house: `${n + 1}`, needs: [] },
    });
    entry = added.entry;
  }
  await expect(play, entry, 'station');
  const number = play.options.setting.numberOf(OFF_LIST.walkIn + n);
  const startedAt = await putIn(play, cardOf(who, number, 'good', play.first, null), n, n);
  await agree(play, 'touch');
  const visit = await outcome(play);
  const seconds = secondsSince(startedAt);
  await takeOut(play);
  write(play, visit, { line: { entry, village }, story: 'walk-in', seconds, isOverride: false });
}

function write(
  play: Play,
  visit: OperatorVisit,
  of: Pick<PlayedVisit, 'story' | 'seconds' | 'isOverride'> & {
    readonly line: { readonly entry: string | null; readonly village: string };
  },
): void {
  const { line, ...rest } = of;
  play.book.visits.push({
    ...rest,
    ...{ day: play.day, entry: line.entry, village: line.village, way: 'card' },
    ...{ outcome: visit.outcome as OutcomeKind, reason: visit.reason?.code ?? null, captures: visit.attempts.used },
  });
}
