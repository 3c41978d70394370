import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IDLE, step } from './step.ts';
import type { Evidence } from './types.ts';
import type { Visit, VisitEffect, VisitEvent } from './visit.ts';

const policy = { attemptsAllowed: 3 };
const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  score: 0.6,
  decision: 'match',
  thresholds: { match: 0.43, review: 0.34 },
  statedFmr: 1e-3,
  attack: 'bona-fide',
  attackParts: [],
  probes: 3,
  models: ['m@1'],
  ...change,
});

const inserted: VisitEvent = { kind: 'card-inserted', visitId: 'v1' };
const text = (validity: 'valid' | 'expired' | 'unchecked' = 'valid'): VisitEvent => ({
  kind: 'card-text-read',
  card: { validity, ageYears: 3 },
});
const photo: VisitEvent = { kind: 'card-photo-read' };
const agree: VisitEvent = { kind: 'consent-given' };
const refuse: VisitEvent = { kind: 'consent-refused' };
const probes: VisitEvent = { kind: 'probes-captured' };
const removed: VisitEvent = { kind: 'card-removed' };
const recorded: VisitEvent = { kind: 'recorded', visitId: 'v1', recorded: { eventId: 'e1', seq: 1 } };
const matched: VisitEvent = { kind: 'compared', result: { kind: 'matched', evidence: evidence() } };
const notMatched: VisitEvent = {
  kind: 'compared',
  result: { kind: 'not-matched', evidence: evidence({ score: 0.1, decision: 'non-match' }) },
};
const attack: VisitEvent = {
  kind: 'compared',
  result: { kind: 'attack-suspected', evidence: evidence({ attack: 'attack' }) },
};
const review: VisitEvent = { kind: 'compared', result: { kind: 'review', evidence: evidence({ decision: 'review' }) } };
const nothingSeen: VisitEvent = { kind: 'capture-failed', reason: 'not-acquired' };
const failed = (code: 'CARD_MUTE' | 'NOT_THAI_ID' | 'PHOTO_UNREADABLE'): VisitEvent => ({ kind: 'card-failed', code });

/** Folds events; returns the last state and all effects. */
function play(events: readonly VisitEvent[], from: Visit = IDLE) {
  let visit = from;
  const effects: VisitEffect[] = [];
  for (const event of events) {
    const result = step(visit, event, policy);
    visit = result.visit;
    effects.push(...result.effects);
  }
  return { visit, effects };
}

function outcomeOf(visit: Visit): string {
  if (visit.phase !== 'recording' && visit.phase !== 'decided') return visit.phase;
  return 'reason' in visit.outcome ? `${visit.outcome.kind}/${visit.outcome.reason}` : visit.outcome.kind;
}

describe('one visit', () => {
  test.each<{ name: string; events: VisitEvent[]; ends: string; last: VisitEffect['do'] }>([
    { name: 'happy path', events: [inserted, text(), photo, agree, probes, matched], ends: 'verified', last: 'record' },
    {
      name: 'probes before the photo',
      events: [inserted, agree, text(), probes, photo, matched],
      ends: 'verified',
      last: 'record',
    },
    {
      name: 'clock not to be trusted',
      events: [inserted, text('unchecked'), photo, agree, probes, matched],
      ends: 'verified',
      last: 'record',
    },
    {
      name: 'expired, compared for evidence',
      events: [inserted, text('expired'), photo, agree, probes, matched],
      ends: 'referred/card-expired',
      last: 'record',
    },
    {
      name: 'expired, wrong face: still referred',
      events: [inserted, text('expired'), photo, agree, probes, notMatched],
      ends: 'referred/card-expired',
      last: 'record',
    },
    {
      name: 'expired, no face seen',
      events: [inserted, text('expired'), photo, agree, nothingSeen],
      ends: 'referred/card-expired',
      last: 'record',
    },
    {
      name: 'expired and no consent',
      events: [inserted, text('expired'), photo, refuse],
      ends: 'referred/card-expired',
      last: 'record',
    },
    { name: 'declined', events: [inserted, text(), photo, refuse], ends: 'declined', last: 'record' },
    {
      name: 'attack suspected goes to people at once',
      events: [inserted, text(), photo, agree, probes, attack],
      ends: 'undetermined/attack-check',
      last: 'record',
    },
    {
      name: 'grey zone',
      events: [inserted, text(), photo, agree, probes, review],
      ends: 'undetermined/officer-review',
      last: 'record',
    },
    {
      name: 'one wrong comparison: another attempt',
      events: [inserted, text(), photo, agree, probes, notMatched],
      ends: 'open',
      last: 'start-capture',
    },
    {
      name: 'attempts used up',
      events: [inserted, text(), photo, agree, probes, notMatched, probes, notMatched, probes, notMatched],
      ends: 'undetermined/attempts-used',
      last: 'record',
    },
    {
      name: 'never a face',
      events: [inserted, text(), photo, agree, nothingSeen, nothingSeen, nothingSeen],
      ends: 'undetermined/not-acquired',
      last: 'record',
    },
    {
      name: 'no camera',
      events: [inserted, text(), photo, agree, { kind: 'capture-failed', reason: 'camera-unavailable' }],
      ends: 'undetermined/camera-unavailable',
      last: 'record',
    },
    {
      name: 'staff called',
      events: [inserted, { kind: 'staff-called' }],
      ends: 'undetermined/staff-called',
      last: 'record',
    },
    {
      name: 'photo unreadable',
      events: [inserted, text(), failed('PHOTO_UNREADABLE')],
      ends: 'referred/card-photo-unreadable',
      last: 'record',
    },
    {
      name: 'card askew once: put it in again',
      events: [inserted, failed('CARD_MUTE')],
      ends: 'reinsert',
      last: 'stop-capture',
    },
    {
      name: 'card unreadable twice',
      events: [inserted, failed('CARD_MUTE'), removed, inserted, failed('CARD_MUTE')],
      ends: 'referred/card-unreadable',
      last: 'record',
    },
    {
      name: 'foreign card twice',
      events: [inserted, failed('NOT_THAI_ID'), removed, inserted, failed('NOT_THAI_ID')],
      ends: 'referred/not-thai-id',
      last: 'record',
    },
    {
      name: 'no answer, asked, no answer',
      events: [inserted, { kind: 'patience-ended' }, { kind: 'answer-time-ended' }],
      ends: 'undetermined/no-answer',
      last: 'record',
    },
    { name: 'card pulled while capturing', events: [inserted, text(), agree, removed], ends: 'idle', last: 'clear' },
    {
      name: 'card pulled while recording',
      events: [inserted, text(), photo, agree, probes, matched, removed],
      ends: 'idle',
      last: 'clear',
    },
  ])('$name', ({ events, ends, last }) => {
    const { visit, effects } = play(events);
    expect(outcomeOf(visit)).toBe(ends);
    expect(effects.at(-1)?.do).toBe(last);
  });

  test('help can be asked for without a card; it ends when somebody comes, a card goes in, or after a while', () => {
    const call: VisitEvent = { kind: 'staff-called' };
    const { visit, effects } = play([call]);
    expect(visit).toMatchObject({ phase: 'idle', staffCalled: true });
    expect(effects).toEqual([{ do: 'start-timer', timer: 'patience' }]);
    expect(play([{ kind: 'staff-attended' }], visit).visit).toEqual(IDLE);
    expect(play([{ kind: 'patience-ended' }], visit).visit).toEqual(IDLE);
    expect(play([inserted], visit).visit.phase).toBe('open');
  });

  test('a failed read is not held against the next person', () => {
    const once = play([inserted, failed('CARD_MUTE'), removed]);
    expect(once.visit).toMatchObject({ phase: 'idle', mishaps: 1 });
    expect(once.effects.at(-1)).toEqual({ do: 'start-timer', timer: 'patience' });
    const later = play([{ kind: 'patience-ended' }, inserted, failed('CARD_MUTE')], once.visit);
    expect(later.visit.phase).toBe('reinsert');
  });

  test('the comparison waits for both the photo and the probes', () => {
    expect(play([inserted, agree, probes]).effects.map((effect) => effect.do)).not.toContain('compare');
    expect(play([inserted, agree, text(), probes, photo]).effects.map((effect) => effect.do)).toContain('compare');
  });

  test('no capture starts before consent', () => {
    const { effects } = play([inserted, text(), photo, probes, { kind: 'frame-judged', hint: null }]);
    expect(effects.map((effect) => effect.do)).toEqual(['read-card', 'start-timer']);
  });

  test('more time can be asked for again and again', () => {
    const ask: VisitEvent = { kind: 'patience-ended' };
    const more: VisitEvent = { kind: 'more-time-wanted' };
    const { visit } = play([inserted, ask, more, ask, more, ask, more]);
    expect(visit).toMatchObject({ phase: 'open', asking: false });
  });

  test('"done" is only said of what is recorded, and a record of another visit does not count', () => {
    const recording = play([inserted, text(), photo, agree, probes, matched]).visit;
    const other = { ...recorded, visitId: 'v0' } as VisitEvent;
    expect(play([other], recording).visit.phase).toBe('recording');
    expect(play([recorded], recording).visit).toMatchObject({ phase: 'decided', recorded: { eventId: 'e1' } });
    const failedToRecord: VisitEvent = { kind: 'record-failed', visitId: 'v1' };
    expect(play([failedToRecord], recording).visit).toMatchObject({ phase: 'decided', recorded: null });
  });
});

/** Any event in any order; ids of one visit or of another. */
const anyEvent: fc.Arbitrary<VisitEvent> = fc.oneof(
  ...[
    inserted,
    text(),
    text('expired'),
    text('unchecked'),
    photo,
    agree,
    refuse,
    probes,
    removed,
    recorded,
    matched,
    notMatched,
    attack,
    review,
    nothingSeen,
    failed('CARD_MUTE'),
    failed('PHOTO_UNREADABLE'),
    { kind: 'staff-called' },
    { kind: 'staff-attended' },
    { kind: 'patience-ended' },
    { kind: 'answer-time-ended' },
    { kind: 'more-time-wanted' },
    { kind: 'comparison-failed' },
    { kind: 'card-progressed', fraction: 0.5 },
    { kind: 'frame-judged', hint: 'come-closer' },
    { kind: 'capture-failed', reason: 'camera-unavailable' },
    { kind: 'record-failed', visitId: 'v1' },
    { kind: 'card-inserted', visitId: 'v2' },
  ].map((event) => fc.constant(event as VisitEvent)),
);

describe('whatever happens', () => {
  test('nothing is verified without card, consent, comparison and a bona fide verdict', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let visit: Visit = IDLE;
        const since: VisitEvent['kind'][] = [];
        for (const event of events) {
          if (visit.phase === 'idle') since.length = 0;
          since.push(event.kind);
          const { visit: next, effects } = step(visit, event, policy);
          for (const effect of effects) {
            if (effect.do !== 'record' || effect.outcome.kind !== 'verified') continue;
            expect(since).toEqual(
              expect.arrayContaining([
                'card-inserted',
                'card-text-read',
                'card-photo-read',
                'consent-given',
                'compared',
              ]),
            );
            expect(effect.outcome.evidence).toMatchObject({ attack: 'bona-fide', decision: 'match' });
            expect(effect.visit?.card?.validity).not.toBe('expired');
          }
          visit = next;
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test('each visit is recorded once, as an outcome or as abandoned, by the time the card is out', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const { visit, effects } = play([...events, removed]);
        expect(visit.phase).toBe('idle');
        const opened = effects.filter((effect) => effect.do === 'read-card').length;
        const kept = effects.filter((effect) => effect.do === 'record' || effect.do === 'record-abandoned').length;
        expect(kept).toBe(opened);
        expect(effects.filter((effect) => effect.do === 'clear').length).toBe(opened);
      }),
      { numRuns: 20_000 },
    );
  });
});
