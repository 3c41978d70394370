import type { DayState, OpeningCheck } from '../kiosk/desk-protocol.ts';
import type { PartStatus, Words } from '../kiosk/protocol.ts';
import { type DeskContext, doneUnless, type Handlers } from './context.ts';
import type { DayReport } from './port.ts';
import { refuse, refuseFault } from './refusals.ts';

/** What is looked at before the first visit. The station answers what it can see by itself. */
const CHECKS: readonly { readonly id: OpeningCheck['id']; readonly part: string | null; readonly words: Words }[] = [
  { id: 'card-reader', part: 'card-reader', words: { th: 'เครื่องอ่านบัตร', en: 'Card reader' } },
  { id: 'camera', part: 'camera', words: { th: 'กล้อง', en: 'Camera' } },
  { id: 'face', part: 'face', words: { th: 'ระบบเทียบใบหน้า', en: 'Face comparison' } },
  { id: 'journal', part: 'journal', words: { th: 'สมุดบันทึก', en: 'Journal' } },
  { id: 'clock', part: 'clock', words: { th: 'นาฬิกา', en: 'Clock' } },
  { id: 'disk', part: 'disk', words: { th: 'พื้นที่เก็บข้อมูล', en: 'Disk' } },
  { id: 'printer', part: 'printer', words: { th: 'เครื่องพิมพ์', en: 'Printer' } },
  { id: 'orders', part: null, words: { th: 'รายชื่อผู้ที่ต้องเยี่ยม', en: 'List of whom to visit' } },
  { id: 'battery', part: null, words: { th: 'แบตเตอรี่เต็มและมีสายชาร์จ', en: 'Battery full, charger packed' } },
  { id: 'paper-pack', part: null, words: { th: 'แบบฟอร์มกระดาษสำรอง', en: 'Paper forms packed' } },
  { id: 'poster', part: null, words: { th: 'แผ่นภาพอธิบายโครงการ', en: 'Pictures that explain the programme' } },
];

/** The day: opening check, counts, closing. */
export const dayAsks: Handlers<'day' | 'open-day' | 'close-day'> = {
  day: ({ day }, desk) => (isToCome(day, desk) ? refuse('not-now') : dayState(desk, day)),
  async 'open-day'({ confirmed }, desk) {
    const day = desk.today();
    if (desk.people.dayState(day) === 'open') return refuse('not-now');
    const checks = openingChecks(desk);
    const those = (state: OpeningCheck['state']) => checks.filter((one) => one.state === state).map(({ id }) => id);
    const troubles = those('trouble');
    return doneUnless(
      await desk.journal.write(
        'th.thuengban.day.opened.v1',
        { day, confirmed: [...confirmed], troubles },
        { kind: 'day-opened', day, confirmed, well: those('well'), troubles },
      ),
    );
  },
  async 'close-day'(ask, desk) {
    const { day = desk.today() } = ask;
    if (isToCome(day, desk) || desk.visit.state().phase !== 'idle') return refuse('not-now');
    const state = dayState(desk, day);
    const { counts, villages } = state;
    const report = reportNow(desk, { ...state, state: 'closed' });
    const fault = await desk.journal.write(
      'th.thuengban.day.closed.v1',
      {
        day: state.day,
        visits: counts.visits,
        outcomes: counts.outcomes,
        events: counts.events,
        superseded: counts.superseded,
        receipts: counts.receipts,
        isReconciled: state.isReconciled,
        villages: villages.map(({ village, served, left, newCard, visits }) => ({
          village,
          served,
          left,
          newCard,
          visits,
        })),
        report: desk.paper.hashOfDay(report),
      },
      { kind: 'day-closed', day: state.day, report: JSON.stringify(report) },
    );
    if (fault !== undefined) return refuseFault(fault);
    return dayState(desk, day);
  },
};

const isToCome = (day: string | undefined, { today }: DeskContext): boolean => day !== undefined && day > today();

/** A day as it stands now; an earlier one with what was looked at when it was opened. */
function dayState(desk: DeskContext, day = desk.today()): DayState {
  return { ...desk.people.day(day), checks: day === desk.today() ? openingChecks(desk) : checksThen(desk, day) };
}

/** A day's report: as it was closed, else as the day stands at this minute; `undefined` for a day to come. */
export function reportOf(desk: DeskContext, day = desk.today()): DayReport | undefined {
  if (isToCome(day, desk)) return undefined;
  const kept = desk.people.closedReport(day);
  return kept ? (JSON.parse(kept) as DayReport) : reportNow(desk, dayState(desk, day));
}

function reportNow({ lock, members, now, present }: DeskContext, state: DayState): DayReport {
  return {
    state,
    at: `${now().toISOString().slice(0, 16)}:00.000Z`,
    operator: lock.signedIn?.name.th ?? null,
    present: present(state.day).map(({ role, staff, name }) => ({
      role,
      name: name ?? members().find(({ id }) => id === staff)?.name.th ?? staff ?? '',
    })),
  };
}

function openingChecks({ parts, people, today }: DeskContext): readonly OpeningCheck[] {
  const states = new Map(parts().map((one) => [one.part, one]));
  const looked = people.openingOf(today())?.confirmed ?? [];
  return CHECKS.map(({ id, part, words }) => {
    if (id === 'orders') return { id, words, state: people.hasOrders() ? 'well' : 'trouble', note: null };
    const { state, note } = stateOf(part === null ? undefined : states.get(part));
    // What somebody has looked at needs no second look.
    return { id, words, state: state === 'to-be-looked-at' && looked.includes(id) ? 'well' : state, note };
  });
}

/** Today's parts tell nothing of another day: what was seen and confirmed when it was opened does. */
function checksThen({ people }: DeskContext, day: string): readonly OpeningCheck[] {
  const { confirmed = [], well = [], troubles = [] } = people.openingOf(day) ?? {};
  return CHECKS.map(({ id, words }) => {
    const isWell = confirmed.includes(id) || well.includes(id);
    return { id, words, state: troubles.includes(id) ? 'trouble' : isWell ? 'well' : 'to-be-looked-at', note: null };
  });
}

function stateOf(part: PartStatus | undefined): Pick<OpeningCheck, 'state' | 'note'> {
  if (!part) return { state: 'to-be-looked-at', note: null };
  return { state: part.state === 'ready' ? 'well' : 'trouble', note: part.fault?.mend ?? null };
}
