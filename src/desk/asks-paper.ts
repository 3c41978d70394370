import { reportOf } from './asks-day.ts';
import { type DeskContext, doneUnless, type Handlers } from './context.ts';
import type { Exported } from './port.ts';
import { refuse, refuseFault } from './refusals.ts';

/** Forms in one paper pack: a busy day of home visits, and some to spoil. */
const FORMS_IN_PACK = 50;

/** What leaves the station on paper or on a stick, and lists that come to it. */
export const paperAsks: Handlers<'print' | 'export' | 'sticks' | 'import-orders' | 'verify-receipt'> = {
  async print({ what }, desk) {
    const { people, paper, field, visit } = desk;
    switch (what.kind) {
      case 'receipt': {
        const kept = people.visit(what.visitId);
        if (!kept) return refuse('unknown');
        const state = visit.state();
        const isHere = 'visitId' in state && state.visitId === what.visitId;
        return doneUnless(await paper.printReceipt(kept, isHere ? (field.card?.holder ?? null) : null));
      }
      case 'explain-slip':
        return doneUnless(await paper.printSlip('explain', people.programme()));
      case 'line-friend':
        // Nothing to print is not done.
        if (people.programme().line === null) return refuse('unknown');
        return doneUnless(await paper.printSlip('line', people.programme()));
      case 'referrals':
        return doneUnless(await paper.printReferrals(openReferrals(desk)));
      case 'day-report': {
        const report = reportOf(desk, what.day);
        return report ? doneUnless(await paper.printDay(report)) : refuse('not-now');
      }
    }
  },
  async export({ what, day }, desk) {
    const { paper } = desk;
    switch (what) {
      case 'day-report': {
        const report = reportOf(desk, day);
        return report ? exported(await paper.exportDay(report)) : refuse('not-now');
      }
      case 'referrals':
        return exported(await paper.exportReferrals(openReferrals(desk)));
      case 'paper-pack': {
        const from = desk.people.forms.last() + 1;
        const upto = from + FORMS_IN_PACK - 1;
        // The numbers first: a form whose number is given out twice could be entered for two people.
        const fault = await desk.journal.write(
          'th.thuengban.day.forms-issued.v1',
          { from, upto },
          { kind: 'forms-issued', from, upto },
        );
        return fault === undefined ? exported(await paper.exportForms(from, FORMS_IN_PACK)) : refuseFault(fault);
      }
    }
  },
  sticks: (_ask, { orders }) => orders.sticks(),
  async 'import-orders'({ path }, { orders }) {
    const taken = await orders.importFile(path);
    return typeof taken === 'string' ? refuseFault(taken) : taken;
  },
  'verify-receipt': ({ text }, { paper }) => paper.verify(text),
};

const exported = (result: Exported | Parameters<typeof refuseFault>[0]) =>
  typeof result === 'string' ? refuseFault(result) : result;

const openReferrals = ({ people, today }: DeskContext) =>
  people.referrals(today()).filter(({ closed }) => closed === null);
