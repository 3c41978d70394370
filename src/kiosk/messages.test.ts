import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClientMessage, SOCKET_ROLES } from './messages.ts';
import type { ClientMessage, SocketRole } from './protocol.ts';

const ALL: readonly { readonly message: ClientMessage; readonly by: SocketRole }[] = [
  { message: { kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch' }, by: 'citizen' },
  { message: { kind: 'consent', purpose: 'face-comparison', choice: 'ask-staff', how: 'touch' }, by: 'citizen' },
  { message: { kind: 'call-staff' }, by: 'citizen' },
  { message: { kind: 'set-language', language: 'en' }, by: 'citizen' },
  { message: { kind: 'more-time' }, by: 'citizen' },
  { message: { kind: 'staff-done' }, by: 'operator' },
  { message: { kind: 'simulate', command: { do: 'insert-card', person: 'a' } }, by: 'simulator' },
  { message: { kind: 'simulate', command: { do: 'pull-card' } }, by: 'simulator' },
  { message: { kind: 'simulate', command: { do: 'show-face', face: null } }, by: 'simulator' },
  { message: { kind: 'simulate', command: { do: 'unplug-camera' } }, by: 'simulator' },
  { message: { kind: 'simulate', command: { do: 'plug-camera' } }, by: 'simulator' },
];

describe('parseClientMessage', () => {
  test.each(ALL)('$message is for the $by alone', ({ message, by }) => {
    for (const role of SOCKET_ROLES) {
      expect(parseClientMessage(role, JSON.stringify(message))).toEqual(role === by ? message : undefined);
    }
  });

  test.each(ALL)('$message with one more field is refused', ({ message, by }) => {
    expect(parseClientMessage(by, JSON.stringify({ ...message, more: 1 }))).toBeUndefined();
  });

  test.each([
    '',
    'null',
    '[]',
    '{"kind":"consent"}',
    '{"kind":"consent","choice":"yes"}',
    '{"kind":"set-language","language":"de"}',
    '{"__proto__":{"kind":"call-staff"}}',
    `{"kind":"simulate","command":{"do":"insert-card","person":"${'x'.repeat(65)}"}}`,
  ])('%s is refused', (text) => {
    for (const role of SOCKET_ROLES) expect(parseClientMessage(role, text)).toBeUndefined();
  });

  test('garbage never throws and is never taken for a message', () => {
    const role = fc.constantFrom(...SOCKET_ROLES);
    fc.assert(
      fc.property(role, fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (by, text) => {
        expect(parseClientMessage(by, text)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});
