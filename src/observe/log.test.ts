import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function capture() {
  const lines: string[] = [];
  const log = createLog(
    'debug',
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }) as never,
  );
  return { log, text: () => lines.join('') };
}

test('a number, name or picture that gets near the log is cut out', () => {
  const { log, text } = capture();
  log.info('card-read', { citizenId: '9101200000017', nameThai: 'สมหญิง', address: '123', visitId: 'v1' });
  log.warn('card-fault', { detail: 'chip said 9101200000017 and 9-1012-00000-01-7' });
  expect(text()).not.toMatch(/910120000001|9-1012|สมหญิง/);
  expect(text()).toContain('[removed]');
  expect(text()).toContain('"visitId":"v1"');
});

test('ids of visits and events pass whole', () => {
  const { log, text } = capture();
  log.info('visit-recorded', { eventId: '01935487-5123-7123-8123-456789012345', seq: 7 });
  expect(text()).toContain('01935487-5123-7123-8123-456789012345');
});
