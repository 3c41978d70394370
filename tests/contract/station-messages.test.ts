import { expect, test } from 'vitest';
import { EVENTS, eventKind } from '../../src/contract/events.ts';
import { MESSAGES } from '../../src/contract/messages.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { publishConfig } from '../../src/publish/config.ts';
import { MemoryBroker } from '../../src/publish/drivers/memory/memory-broker.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import { DOOR_CHANGED, POWER_CHANGED } from '../../src/station/panel-inputs.ts';
import { PartBoard } from '../../src/station/parts.ts';
import { stationInfo } from '../../src/station/station-info.ts';
import { VISIT_ABANDONED, VISIT_COMPLETED, visitRecord } from '../../src/visit/record.ts';
import type { Evidence, Outcome } from '../../src/visit/types.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { PlainField } from '../fixtures/field.ts';
import { testJournal } from '../fixtures/journal.ts';
import { quietUplink } from '../fixtures/link/quiet-uplink.ts';
import { REPRESENTATION, VERIFIED } from '../fixtures/visit.ts';

const evidence: Evidence = {
  score: 0.6,
  decision: 'match',
  thresholds: { match: 0.45, review: 0.35 },
  statedFmr: 0.0001,
  attack: 'bona-fide',
  attackParts: [{ id: 'model', verdict: 'bona-fide', score: 0.9, isRequired: true }],
  probes: 3,
  models: ['recogniser@0123456789ab'],
};
const OUTCOMES: readonly Outcome[] = [
  VERIFIED,
  {
    kind: 'confirmed-by-officer',
    reason: 'officer-review',
    officers: [
      { staff: 's-1', by: 'pin', answer: 'same-person', reason: 'face-alike' },
      { staff: 's-2', by: 'badge', answer: 'same-person', reason: 'known-in-person' },
    ],
    evidence,
    nextStep: 'all-done',
  },
  { kind: 'represented', representation: REPRESENTATION, evidence, officers: null, nextStep: 'all-done' },
  { kind: 'not-served', reason: 'in-hospital', nextStep: 'team-returns' },
  { kind: 'referred', reason: 'card-expired', evidence, nextStep: 'renew-card' },
  { kind: 'undetermined', reason: 'not-acquired', evidence: null, nextStep: 'officer-will-check' },
  { kind: 'declined', nextStep: 'may-come-back' },
];

test.each(OUTCOMES)('TB-MSG-070 the record of a visit that ended $kind fits its schema', (outcome) => {
  const data = visitRecord('visit-1', null, outcome, {
    ...new PlainField().facts({
      visitId: 'visit-1',
      cardSubject: 'A'.repeat(43),
      visit: null,
      outcome,
      language: 'th',
      desk: null,
    }),
    supersedes: null,
    receipt: '7KQ2-M8XD',
    consentVersion: '2026-11',
    startedAt: '2026-11-22T02:00:00.000Z',
    durationMs: 1234.5,
  });
  // What travels is JSON: nothing may be lost on the way through the schema.
  const sent = JSON.parse(JSON.stringify(data));
  expect(eventKind(VISIT_COMPLETED)?.data.parse(sent)).toEqual(sent);
});

test('TB-MSG-070 every other event that the station writes is known', () => {
  expect(EVENTS).toHaveProperty([VISIT_ABANDONED]);
  expect(eventKind(DOOR_CHANGED)?.data.parse({ door: 'open' })).toEqual({ door: 'open' });
  expect(eventKind(POWER_CHANGED)?.data.parse({ power: 'failed' })).toEqual({ power: 'failed' });
});

test('TB-MSG-005 TB-MSG-070 status, info and health are published as agreed', async () => {
  const clock = fixedClock();
  await using journal = testJournal({ station: 'st-000001', clock });
  const board = new PartBoard(() => clock.now());
  board.set('camera', { state: 'missing', name: 'camera', code: 'CAMERA_MISSING' });
  board.set('uplink', { state: 'ready', name: 'broker.example:8883', code: null });
  const broker = new MemoryBroker();
  const over = new AbortController();
  const metrics = createMetrics();
  metrics.refused.inc({ kind: 'ack', code: 'tampered' });
  metrics.stage.observe({ stage: 'read' }, 1);
  const running = runUplink(
    {
      ...quietUplink(),
      station: 'st-000001',
      journal,
      dialler: broker,
      config: publishConfig.parse({ acknowledgementWaitMs: 1 }),
      info: () => stationInfo(board, clock, journal, '2027-01-01T00:00:00.000Z'),
      health: () => metrics.figures(),
    },
    over.signal,
  );
  for await (const { topic } of broker.arrivals(AbortSignal.timeout(10_000))) if (topic.endsWith('/health')) break;
  over.abort();
  await running;
  for (const name of ['status', 'info', 'health'] as const) {
    const { topic, isRetained, payload, qos, expiryS } = MESSAGES[name];
    const sent = broker.received.find(
      (message) => message.topic === topic.replace('{shard}', '2').replace('{station}', 'st-000001'),
    );
    expect(sent).toMatchObject({ retain: isRetained, qos, expiryS });
    const said = JSON.parse(new TextDecoder().decode(sent?.payload));
    expect(payload.parse(said)).toEqual(said);
    if (name !== 'health') continue;
    expect(said.figures['thuengban_link_refused_total{kind=ack,code=tampered}']).toBe(1);
    expect(said.figures['thuengban_stage_seconds_count{stage=read}']).toBe(1);
    expect(said.figures.process_resident_memory_bytes).toBeGreaterThan(0);
    expect(Object.keys(said.figures).join()).not.toContain('bucket');
  }
});
