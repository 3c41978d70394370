import type { Ask, DeskChoice, NextStep } from '../../kiosk/desk-protocol.ts';
import { OVERVIEW, PEOPLE, PERSON, PERSON_FULL, RECORDED, VILLAGE } from './staff-people.ts';
import { DAYS, PRESENT, REFERRALS, STAFF } from './staff-work.ts';

export type Answering = (ask: Ask) => unknown;

/** As a station says it; nobody goes back to a house in mourning. */
function nextStepOf(choice: DeskChoice): NextStep {
  if (choice.kind === 'declined') return { id: 'may-come-back', where: null, due: null };
  if (choice.kind === 'referred') return { id: 'renew-card', where: 'ที่ว่าการอำเภอ', due: '2026-12-06' };
  return choice.reason === 'deceased' || choice.reason === 'moved'
    ? { id: 'register-is-updated', where: null, due: null }
    : RECORDED.nextStep;
}

/** What the made-up station answers; the preview and the browser tests share it. */
export function answerAsMadeUp(ask: Ask): unknown {
  switch (ask.do) {
    case 'staff':
      return STAFF;
    case 'overview':
      return OVERVIEW;
    case 'village':
      return { village: VILLAGE, people: PEOPLE };
    case 'find':
      return PEOPLE.filter(({ name }) => name.includes(ask.text));
    case 'person':
      return ask.entry === PERSON_FULL.entry ? PERSON_FULL : PERSON;
    case 'add-walk-in':
      return { entry: 'e1' };
    case 'plan':
      return nextStepOf(ask.choice);
    case 'record':
      return { ...RECORDED, outcome: ask.choice.kind, nextStep: nextStepOf(ask.choice) };
    case 'decide':
      return { state: 'waiting' };
    case 'referrals':
      return REFERRALS;
    case 'batch-day':
      return { day: ask.day, lines: REFERRALS.slice(0, 3), rides: 1 };
    case 'team':
      return { present: PRESENT, staff: STAFF };
    case 'day':
    case 'close-day':
      return DAYS.open;
    case 'export':
      return { folder: 'STICK/thuengban', files: ['day.pdf', 'day.csv'] };
    case 'sticks':
      return [{ path: '/media/stick/orders.tbo', label: 'STICK', orders: 1 }];
    case 'import-orders':
      return { added: 12, changed: 3, removed: 1, kept: 108 };
    case 'verify-receipt':
      return {
        state: 'genuine',
        receipt: {
          code: '7KQ2-M8XD',
          outcome: 'verified',
          at: '2026-11-20T10:12:00+07:00',
          station: 'TB-0001',
          maskedNumber: 'x-xxxx-xxxxx-12-3',
        },
      };
    default:
      return { done: true };
  }
}
