import { expect, test } from 'vitest';
import type { FieldNote } from '../roster/field-event.ts';
import type { EventWriter } from './event-writer.ts';
import { VisitRecorder } from './visit-recorder.ts';

test('TB-MSG-161 a comparison that did not verify is written with pseudonym and campaign, and remembered with both', async () => {
  const written: { readonly type: string; readonly data: object; readonly note: FieldNote | null }[] = [];
  const events = {
    write: async (type: string, data: object, _visitId: string, note: FieldNote | null) => {
      written.push({ type, data, note });
      return { id: 'event-1', seq: 1, time: '' };
    },
  } as unknown as EventWriter;
  const recorder = new VisitRecorder({ events } as ConstructorParameters<typeof VisitRecorder>[0]);
  const effect = { do: 'record-attempt', visitId: 'v1', attempt: 2, result: 'not-matched' } as const;
  const subject = 'a'.repeat(43);
  await recorder.recordAttempt(effect, subject, 'c-1');
  // Without a card there is nobody whose budget it would be.
  await recorder.recordAttempt(effect, null, 'c-1');
  expect(written).toEqual([
    {
      type: 'th.thuengban.visit.attempted.v1',
      data: { visitId: 'v1', subject, campaign: 'c-1', attempt: 2, result: 'not-matched' },
      note: { kind: 'attempt', visitId: 'v1', subject, campaign: 'c-1' },
    },
  ]);
});
