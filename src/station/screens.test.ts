import { expect, test } from 'vitest';
import { INSERTED, POLICY, VERIFIED } from '../../tests/fixtures/visit.ts';
import { receiptOf } from '../receipt/receipt-code.ts';
import { IDLE, step } from '../visit/step.ts';
import type { Outcome } from '../visit/types.ts';
import type { Visit, VisitEvent } from '../visit/visit.ts';
import { type ScreenContext, screenOf } from './screens.ts';

const context: ScreenContext = {
  policy: POLICY,
  purposeWords: (purpose) => ({ th: purpose, en: purpose }),
  expects: 'anybody',
  dignityLeftS: null,
  answerMs: 30_000,
  receipt: ({ visitId }) => receiptOf(visitId),
  isInService: true,
};
const after = (...events: VisitEvent[]): Visit =>
  events.reduce<Visit>((visit, event) => step(visit, event, POLICY).visit, IDLE);
const inserted = INSERTED;
const decided = (outcome: Outcome, recorded = true): Visit => ({
  phase: 'decided',
  visitId: '01935487-5123-7123-8123-456789012345',
  outcome,
  open: null,
  answers: [],
  recorded: recorded ? { eventId: '01935487-5123-7123-8123-456789012345', seq: 1 } : null,
  attended: false,
});
const evidence = {
  score: 0,
  decision: 'match',
  thresholds: { match: 1, review: 0 },
  statedFmr: 1e-3,
  attack: 'bona-fide',
  attackParts: [],
  probes: 1,
  models: [],
} as const;

test('idle invites, unless a visit could not be finished here', () => {
  expect(screenOf(IDLE, context)).toEqual({ screen: 'idle', expects: 'anybody' });
  expect(screenOf(IDLE, { ...context, isInService: false })).toEqual({ screen: 'out-of-service' });
});

test('a card in the reader asks for consent while it is read', () => {
  const visit = after(inserted, { kind: 'card-progressed', fraction: 0.4 });
  expect(screenOf(visit, context)).toEqual({
    screen: 'reading',
    progress: 0.4,
    consent: 'asked',
    purpose: { id: 'face-comparison' },
  });
  expect(screenOf(after(inserted, { kind: 'patience-ended' }), context)).toEqual({
    screen: 'still-there',
    secondsLeft: 30,
  });
});

test('a card that is no ID card and one that is askew are asked for differently', () => {
  expect(screenOf(after(inserted, { kind: 'card-failed', code: 'NOT_THAI_ID' }), context)).toMatchObject({
    ask: 'thai-id',
  });
  expect(screenOf(after(inserted, { kind: 'card-failed', code: 'CARD_MUTE' }), context)).toMatchObject({
    ask: 'chip-up',
  });
});

test('"done" is only for what is verified and on disk', () => {
  const verified = VERIFIED;
  expect(screenOf(decided(verified), context).screen).toBe('done');
  expect(screenOf(decided(verified, false), context)).toMatchObject({ screen: 'staff', receipt: null });
});

test('after an officer has come only the card is to be taken out', () => {
  const waiting = decided({ kind: 'declined', nextStep: 'officer-will-check' });
  const { visit } = step(waiting, { kind: 'staff-attended' }, POLICY);
  expect(screenOf(waiting, context).screen).toBe('staff');
  expect(screenOf(visit, context)).toMatchObject({ screen: 'done', nextStep: 'officer-will-check' });
});

test('every result that people must finish is the same screen, without a word about the comparison', () => {
  const outcomes: Outcome[] = [
    { kind: 'undetermined', reason: 'attempts-used', evidence, nextStep: 'officer-will-check' },
    { kind: 'undetermined', reason: 'attack-check', evidence, nextStep: 'officer-will-check' },
    { kind: 'undetermined', reason: 'officer-review', evidence, nextStep: 'officer-will-check' },
    { kind: 'undetermined', reason: 'not-acquired', evidence: null, nextStep: 'officer-will-check' },
    { kind: 'undetermined', reason: 'biometric-declined', evidence: null, nextStep: 'officer-will-check' },
  ];
  const screens = new Set(outcomes.map((outcome) => JSON.stringify(screenOf(decided(outcome), context))));
  expect(screens.size).toBe(1);
});

test('a receipt code is short, readable aloud, and differs between visits', () => {
  const { code, qrText } = receiptOf('01935487-5123-7123-8123-456789012345');
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(qrText).toBe(`THUENGBAN:${code}`);
  expect(receiptOf('01935487-5123-7123-8123-456789012346').code).not.toBe(code);
});
