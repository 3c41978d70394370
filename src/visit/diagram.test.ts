import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  AGREE,
  ATTACK,
  EVIDENCE,
  INSERTED,
  NON_MATCH,
  officerSays,
  POLICY,
  REFUSE,
  REVIEW,
  textRead,
} from '../../tests/fixtures/visit.ts';
import { IDLE, step } from './step.ts';
import type { Visit, VisitEvent } from './visit.ts';

/** The diagram is made by walking the reducer, so it cannot say anything else than the code does. */
const FILE = new URL('../../docs/visit.md', import.meta.url);

const EVENTS: readonly [string, VisitEvent][] = [
  ['card-inserted', INSERTED],
  ['card-text-read (valid)', textRead()],
  ['card-text-read (expired)', textRead('expired')],
  ['card-photo-read', { kind: 'card-photo-read' }],
  ['card-failed', { kind: 'card-failed', code: 'CARD_MUTE' }],
  ['card-failed (photo)', { kind: 'card-failed', code: 'PHOTO_UNREADABLE' }],
  ['card-removed', { kind: 'card-removed' }],
  ['consent-given', AGREE],
  ['consent-refused', REFUSE],
  ['staff-called', { kind: 'staff-called' }],
  ['probes-captured', { kind: 'probes-captured' }],
  ['capture-failed', { kind: 'capture-failed', reason: 'not-acquired' }],
  ['capture-failed (no camera)', { kind: 'capture-failed', reason: 'camera-unavailable' }],
  ['compared (matched)', { kind: 'compared', result: { kind: 'matched', evidence: EVIDENCE } }],
  ['compared (review)', { kind: 'compared', result: { kind: 'review', evidence: REVIEW } }],
  ['compared (not matched)', { kind: 'compared', result: { kind: 'not-matched', evidence: NON_MATCH } }],
  ['compared (attack suspected)', { kind: 'compared', result: { kind: 'attack-suspected', evidence: ATTACK } }],
  ['recorded', { kind: 'recorded', visitId: 'v1', recorded: { eventId: 'e', seq: 1 } }],
  ['officers agree', officerSays('a', 'same-person')],
  ['officers agree', officerSays('b', 'same-person')],
  ['officers differ', officerSays('b', 'cannot-tell')],
  ['capture-again-wanted', { kind: 'capture-again-wanted' }],
  ['ended-by-staff', { kind: 'ended-by-staff', choice: { kind: 'declined' } }],
  ['patience-ended', { kind: 'patience-ended' }],
  ['answer-time-ended', { kind: 'answer-time-ended' }],
  ['more-time-wanted', { kind: 'more-time-wanted' }],
];

function nameOf(visit: Visit): string {
  switch (visit.phase) {
    case 'open':
      return visit.asking ? 'asking' : visit.capture;
    case 'recording':
    case 'decided':
      return `${visit.phase}_${visit.outcome.kind}`;
    default:
      return visit.phase;
  }
}

function diagram(): string {
  const arrows = new Set<string>();
  const seen = new Set<string>();
  const queue: Visit[] = [IDLE];
  for (let visit = queue.shift(); visit; visit = queue.shift()) {
    const key = JSON.stringify(visit);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const [label, event] of EVENTS) {
      const { visit: next } = step(visit, event, { ...POLICY, attemptsAllowed: { station: 2, bedside: 2 } });
      if (nameOf(next) !== nameOf(visit)) arrows.add(`  ${nameOf(visit)} --> ${nameOf(next)}: ${label}`);
      queue.push(next);
    }
  }
  return [
    '# The visit as a state machine',
    '',
    'Written by `src/visit/diagram.test.ts`, which walks the reducer (`UPDATE_DOCS=1 npx vitest run diagram` writes it anew).',
    'Inside an open visit: `waiting` for consent, `capturing`, `captured` (waiting for the photo), `comparing`, `asking` for more time.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> idle',
    ...[...arrows].sort(),
    '```',
    '',
  ].join('\n');
}

test('docs/visit.md shows the machine as it is', () => {
  const drawn = diagram();
  if (process.env['UPDATE_DOCS']) writeFileSync(FILE, drawn);
  expect(readFileSync(FILE, 'utf8')).toBe(drawn);
});
