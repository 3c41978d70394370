import type { FieldJournal, VisitControl } from '../desk/port.ts';
import type { Clock } from '../shared/clock.ts';
import type { EventWriter } from './event-writer.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import type { VisitRunner } from './visit-runner.ts';

/** The visit at the reader, as the desk may move it. */
export function visitControl(runner: () => VisitRunner): VisitControl {
  return {
    state: () => runner().visit,
    dispatch: (event) => runner().dispatch(event),
    dignityLeftS: () => runner().dignityLeftS,
    pictures: () => runner().pictures,
  };
}

/** The journal as the desk uses it. */
export function fieldJournal(events: EventWriter, recorder: VisitRecorder, clock: Clock): FieldJournal {
  return {
    async write(type, data, note) {
      const written = await events.write(type, data, undefined, note);
      return typeof written === 'string' ? written : undefined;
    },
    record: (visitId, outcome, desk) =>
      recorder.record({
        ...{ visitId, outcome, desk, visit: null, supersedes: null, cardSubject: null, marks: {} },
        startedAt: clock.now(),
        elapsedMs: () => 0,
      }),
  };
}
