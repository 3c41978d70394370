import { describe, expect, test } from 'vitest';
import { fields, record } from '../../tests/fixtures/contract/events.ts';
import { stationSigner } from '../../tests/fixtures/contract/keys.ts';
import { signEvent } from './envelope/event.ts';
import { EVENTS, type KnownEventType } from './events.ts';

/** Fields that say who, or lead to whom. */
const OF_A_PERSON = /^(visitId|entry|subject|name|staff|operator|witness|witnesses|officers|by|contact|house|phone)$/;

const unsealed = Object.entries(EVENTS).filter(([, { isSealed }]) => !isSealed);

describe('TB-MSG-162 events of field work that may say something of a person', () => {
  test.each(unsealed)('%s is not sealed, and has no field for one', (_, { data }) => {
    expect(Object.keys(data.shape).filter((name) => OF_A_PERSON.test(name))).toEqual([]);
  });

  test.each(Object.entries(EVENTS).filter(([, { isSealed }]) => isSealed))('%s is not signed in the clear', (type) => {
    expect(() => signEvent(fields({ type, data: {} }), stationSigner)).toThrow();
  });

  test('a field for one would be found', () => {
    expect(
      Object.keys(EVENTS['th.thuengban.visit.attempted.v1'].data.shape).some((name) => OF_A_PERSON.test(name)),
    ).toBe(true);
  });
});

describe('TB-MSG-163 what version 0.2 added to events is optional', () => {
  test.each<[KnownEventType, object]>([
    ['th.thuengban.visit.completed.v1', record],
    [
      'th.thuengban.roster.walk-in-added.v1',
      { entry: 'walk-in-1', name: 'นาง ก', village: '98010101', house: null, needs: [] },
    ],
    ['th.thuengban.consent.withdrawn.v1', { entry: 'e-1', subject: null, purpose: 'face-comparison' }],
  ])('%s of an older station is read', (type, data) => {
    expect(EVENTS[type].data.safeParse(data).success).toBe(true);
  });
});
