import { describe, expect, test } from 'vitest';
import {
  AGREE,
  ATTACK,
  INSERTED,
  MATCHED,
  NOT_MATCHED,
  officerSays,
  PHOTO,
  POLICY,
  PROBES,
  RECORDED,
  REFUSE,
  REMOVED,
  REPRESENTATION,
  REVIEW,
  textRead,
} from '../../tests/fixtures/visit.ts';
import { IDLE, step } from './step.ts';
import type { Visit, VisitEffect, VisitEvent } from './visit.ts';

const policy = POLICY;
const inserted = INSERTED;
const text = textRead;
const photo = PHOTO;
const agree = AGREE;
const refuse = REFUSE;
const probes = PROBES;
const removed = REMOVED;
const recorded = RECORDED;
const matched = MATCHED;
const notMatched = NOT_MATCHED;
const attack: VisitEvent = {
  kind: 'compared',
  result: { kind: 'attack-suspected', evidence: ATTACK },
};
const review: VisitEvent = { kind: 'compared', result: { kind: 'review', evidence: REVIEW } };
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
    {
      name: 'rather people than the machine',
      events: [inserted, text(), photo, refuse],
      ends: 'undetermined/biometric-declined',
      last: 'record',
    },
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

describe('what people add to an outcome', () => {
  const grey = [inserted, text(), photo, agree, probes, review, recorded];
  const outcomes = (effects: readonly VisitEffect[]) =>
    effects.flatMap((effect) => (effect.do === 'record' ? [{ ...effect.outcome, supersedes: effect.supersedes }] : []));

  test.each<{ name: string; says: readonly VisitEvent[]; ends: string }>([
    {
      name: 'both confirm',
      says: [officerSays('a', 'same-person'), officerSays('b', 'same-person')],
      ends: 'confirmed-by-officer/officer-review',
    },
    {
      name: 'they differ',
      says: [officerSays('a', 'same-person'), officerSays('b', 'not-same-person')],
      ends: 'undetermined/officers-disagree',
    },
    {
      name: 'neither can tell',
      says: [officerSays('a', 'cannot-tell'), officerSays('b', 'not-same-person')],
      ends: 'undetermined/officers-unsure',
    },
    {
      name: 'one officer twice is one officer',
      says: [officerSays('a', 'same-person'), officerSays('a', 'same-person')],
      ends: 'undetermined/officer-review',
    },
    { name: 'one officer alone', says: [officerSays('a', 'same-person')], ends: 'undetermined/officer-review' },
  ])('$name', ({ says, ends }) => {
    const { visit, effects } = play([...grey, ...says]);
    expect(outcomeOf(visit)).toBe(ends);
    expect(outcomes(effects).at(-1)?.supersedes).toBe(outcomes(effects).length > 1 ? 'e1' : null);
  });

  test("what is verified is nobody else's to decide", () => {
    const { visit, effects } = play([inserted, text(), photo, agree, probes, matched, recorded]);
    const after = play(
      [
        officerSays('a', 'same-person'),
        officerSays('b', 'same-person'),
        { kind: 'capture-again-wanted' },
        { kind: 'ended-by-staff', choice: { kind: 'declined' } },
      ],
      visit,
    );
    expect(outcomes([...effects, ...after.effects])).toHaveLength(1);
  });

  test('one more capture, as long as the budget lasts and nothing was refused', () => {
    const again = play([...grey, { kind: 'capture-again-wanted' }]);
    expect(again.visit).toMatchObject({ phase: 'open', attempt: 2, capture: 'capturing', supersedes: 'e1' });
    expect(outcomes(play([probes, matched], again.visit).effects)).toMatchObject([
      { kind: 'verified', supersedes: 'e1' },
    ]);
    expect(play([removed], again.visit).effects.map((effect) => effect.do)).toEqual(['stop-timers', 'clear']);
    const refused = play([inserted, text(), photo, agree, probes, attack, recorded, { kind: 'capture-again-wanted' }]);
    expect(refused.visit.phase).toBe('decided');
    const used = play([
      inserted,
      text('valid', 8),
      photo,
      agree,
      probes,
      review,
      recorded,
      { kind: 'capture-again-wanted' },
    ]);
    expect(used.visit.phase).toBe('decided');
  });

  test('staff who come while the card is being read may have one more capture as soon as it is read', () => {
    const called = play([inserted, text(), agree, { kind: 'staff-called' }, recorded]).visit;
    expect(play([{ kind: 'capture-again-wanted' }], called).visit.phase).toBe('decided');
    const read = play([photo, { kind: 'capture-again-wanted' }], called);
    expect(read.visit).toMatchObject({ phase: 'open', attempt: 2, capture: 'capturing', supersedes: 'e1' });
    // What an expired card says counts, however late it comes.
    const expired = play([inserted, agree, { kind: 'staff-called' }, text('expired'), recorded, photo]).visit;
    expect(play([{ kind: 'capture-again-wanted' }], expired).visit.phase).toBe('decided');
  });

  test('an expired card is referred whatever ends the visit, and no two officers make a good one of it', () => {
    const begun = [inserted, text('expired'), photo] as const;
    const ends: VisitEvent[][] = [
      [{ kind: 'staff-called' }],
      [{ kind: 'patience-ended' }, { kind: 'answer-time-ended' }],
      [agree, { kind: 'capture-failed', reason: 'camera-unavailable' }],
      [agree, probes, { kind: 'comparison-failed' }],
    ];
    for (const end of ends) expect(outcomeOf(play([...begun, ...end]).visit)).toBe('referred/card-expired');
    expect(outcomeOf(play([inserted, text('expired', 9), photo, agree]).visit)).toBe('referred/card-expired');
    const late = play([inserted, agree, { kind: 'staff-called' }, text('expired'), recorded]).visit;
    const both = [officerSays('a', 'same-person'), officerSays('b', 'same-person')];
    expect(outcomeOf(play(both, late).visit)).toBe('referred/card-expired');
  });

  test("a campaign's captures are counted over all visits, and then people take over", () => {
    expect(outcomeOf(play([inserted, text('valid', 9), photo, agree]).visit)).toBe('undetermined/budget-used');
    expect(outcomeOf(play([inserted, agree, text('valid', 9)]).visit)).toBe('undetermined/budget-used');
    expect(outcomeOf(play([inserted, text('valid', 8), photo, agree, probes, notMatched]).visit)).toBe(
      'undetermined/budget-used',
    );
    const { effects } = play([inserted, text(), photo, agree, probes, notMatched]);
    expect(effects).toContainEqual({ do: 'record-attempt', visitId: 'v1', attempt: 1, result: 'not-matched' });
  });

  test('at a bedside one more capture that staff ask for has its limit too', () => {
    const atBed: VisitEvent = { ...INSERTED, place: 'bedside' } as VisitEvent;
    const resting = play([atBed, text(), photo, agree, { kind: 'staff-called' }, recorded]);
    const again = play([{ kind: 'capture-again-wanted' }], resting.visit);
    expect(again.effects).toContainEqual({ do: 'start-timer', timer: 'dignity' });
    expect(outcomeOf(play([{ kind: 'dignity-ended' }], again.visit).visit)).toBe('undetermined/dignity-time');
  });

  test('at a bedside: two captures, and no longer than is fair', () => {
    const atBed: VisitEvent = { ...INSERTED, place: 'bedside' } as VisitEvent;
    const begun = play([atBed, text(), photo, agree]);
    expect(begun.effects).toContainEqual({ do: 'start-timer', timer: 'dignity' });
    expect(outcomeOf(play([probes, notMatched, probes, notMatched], begun.visit).visit)).toBe(
      'undetermined/attempts-used',
    );
    expect(outcomeOf(play([{ kind: 'dignity-ended' }], begun.visit).visit)).toBe('undetermined/dignity-time');
    const late = play([probes, { kind: 'dignity-ended' }], begun.visit);
    expect(outcomeOf(play([matched], late.visit).visit)).toBe('verified');
    expect(outcomeOf(play([notMatched], late.visit).visit)).toBe('undetermined/dignity-time');
  });

  test('a refused presentation does not go back to the machine when the officers differ', () => {
    const refused: VisitEvent = { kind: 'compared', result: { kind: 'attack-suspected', evidence: ATTACK } };
    const begun = play([inserted, text(), photo, agree, probes, refused, recorded]).visit;
    const both = [officerSays('a', 'same-person'), officerSays('b', 'cannot-tell')];
    const { visit } = play([...both, recorded, { kind: 'capture-again-wanted' }], begun);
    expect([visit.phase, outcomeOf(visit)]).toEqual(['decided', 'undetermined/officers-disagree']);
  });

  test('nobody represents somebody with that person’s own card: whoever came with it came for themselves', () => {
    const task = { kind: 'represent', representation: REPRESENTATION } as const;
    const begun = play([{ ...INSERTED, task } as VisitEvent, textRead('valid', 0, true), photo, agree, probes]);
    expect(outcomeOf(play([matched], begun.visit).visit)).toBe('verified');
    const both = [officerSays('a', 'same-person'), officerSays('b', 'same-person')];
    const late = [{ ...INSERTED, task } as VisitEvent, { kind: 'staff-called' }, textRead('valid', 0, true), recorded];
    expect(outcomeOf(play([...(late as VisitEvent[]), ...both]).visit)).toBe('confirmed-by-officer/staff-called');
  });

  test('a representative proves who they are with their own card and face', () => {
    const theirs: VisitEvent = {
      ...INSERTED,
      task: { kind: 'represent', representation: REPRESENTATION },
    } as VisitEvent;
    expect(outcomeOf(play([theirs, text(), photo, agree, probes, matched]).visit)).toBe('represented');
    expect(outcomeOf(play([theirs, text('expired'), photo, agree, probes, matched]).visit)).toBe(
      'referred/representative-card-expired',
    );
    const { visit } = play([
      theirs,
      text(),
      photo,
      agree,
      probes,
      review,
      recorded,
      officerSays('a', 'same-person'),
      officerSays('b', 'same-person'),
    ]);
    expect(visit).toMatchObject({ outcome: { kind: 'represented', officers: [{ staff: 'a' }, { staff: 'b' }] } });
  });

  test('each purpose is asked by itself; a tap that comes twice does not answer the next one', () => {
    const two = { ...policy, purposes: ['face-comparison', 'share-with-health'] } as const;
    const asked = [inserted, text(), photo, agree, agree].reduce<Visit>(
      (visit, event) => step(visit, event, two).visit,
      IDLE,
    );
    expect(asked).toMatchObject({ phase: 'open', consent: 'asked', consents: [{ purpose: 'face-comparison' }] });
    const no: VisitEvent = { kind: 'consent-refused', purpose: 'share-with-health', how: 'touch' };
    expect(step(asked, no, two).visit).toMatchObject({
      consent: 'given',
      capture: 'capturing',
      consents: [{ given: true }, { given: false }],
    });
  });

  test('staff end a visit with what they know', () => {
    const cancelled: VisitEvent = { kind: 'ended-by-staff', choice: { kind: 'referred', reason: 'card-cancelled' } };
    expect(outcomeOf(play([inserted, text(), cancelled]).visit)).toBe('referred/card-cancelled');
    expect(play([inserted, text(), cancelled, recorded]).visit).toMatchObject({ phase: 'decided', attended: true });
    expect(
      outcomeOf(
        play([
          inserted,
          failed('CARD_MUTE'),
          { kind: 'ended-by-staff', choice: { kind: 'referred', reason: 'card-damaged' } },
        ]).visit,
      ),
    ).toBe('referred/card-damaged');
  });
});
