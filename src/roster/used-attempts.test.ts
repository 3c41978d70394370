import { expect, test } from 'vitest';
import { rosterOf, somebody } from '../../tests/fixtures/roster.ts';
import { usedAttempts } from './used-attempts.ts';

const S = 'a'.repeat(43);

test('TB-MSG-177 a capture that the server was told by this station counts once, also when the station has forgotten it', () => {
  const told = { attempts: 1, attemptsBy: { 'st-test': 2, 'st-other': 1 } };
  expect(usedAttempts(2, 'st-test', [told])).toBe(3);
  // One more since the server has heard; and none left of a journal that was lost.
  expect(usedAttempts(3, 'st-test', [told])).toBe(4);
  expect(usedAttempts(0, 'st-test', [told])).toBe(3);
  // The same captures on two lists of a campaign; and a list of a server that names no stations.
  expect(usedAttempts(2, 'st-test', [told, told])).toBe(3);
  expect(usedAttempts(2, 'st-test', [{ attempts: 2 }])).toBe(4);
  expect(usedAttempts(2, undefined, [])).toBe(2);
});

test('a budget that was used elsewhere is used here', () => {
  const { roster, note } = rosterOf([somebody({ subject: S, attempts: 1, attemptsBy: { 'st-test': 1, 'st-b': 1 } })]);
  expect(roster.attemptsOf(S)).toEqual({ used: 2, allowed: 3 });
  note({ kind: 'attempt', visitId: 'v', subject: S, campaign: 'campaign-demo' });
  expect(roster.attemptsOf(S).used).toBe(2);
  note({ kind: 'attempt', visitId: 'v', subject: S, campaign: 'campaign-demo' });
  expect(roster.attemptsOf(S).used).toBe(3);
});
