import { describe, expect, test } from 'vitest';
import { CardWatch } from '../../card-watch.ts';
import type { CardEvent } from '../../port.ts';
import { CardSession } from './card-session.ts';
import { failureOf, pcscError } from './pcsc-errors.ts';
import type { PcscCard, PcscLite } from './pcsc-lite.ts';
import { pickReader } from './watch-reader.ts';

describe('failureOf', () => {
  test.each([
    { error: Object.assign(new Error('x'), { code: 0x8010001d }), code: 'PCSC_SERVICE_DOWN' },
    { error: Object.assign(new Error('x'), { code: 0x80100069 | 0 }), code: 'CARD_REMOVED' },
    { error: Object.assign(new Error('Sharing violation'), { code: 0x80100066 }), code: 'CARD_MUTE' },
    { error: new Error('Communication error'), code: 'PCSC_SERVICE_DOWN' },
    { error: new Error('Transaction failed'), code: 'CARD_REMOVED' },
    { error: new Error('Sharing violation'), code: 'READER_BUSY' },
    { error: new Error('Unknown reader'), code: 'READER_MISSING' },
    { error: new Error('Protocol mismatch'), code: 'CARD_MUTE' },
    { error: new Error('something else'), code: 'CARD_PROTOCOL' },
    { error: 'text', code: 'CARD_PROTOCOL' },
  ])('$error: $code', ({ error, code }) => {
    expect(failureOf(error).code).toBe(code);
  });

  test.each([
    { name: 'ResetCard', code: 'CARD_PROTOCOL' },
    { name: 'RemovedCard', code: 'CARD_REMOVED' },
    { name: 'NoService', code: 'PCSC_SERVICE_DOWN' },
    { name: 'SharingViolation', code: 'READER_BUSY' },
  ])('$name of pcsc-mini: $code', ({ name, code }) => {
    expect(failureOf(pcscError(name)).code).toBe(code);
    expect(pcscError('InvalidArg')).toBeUndefined();
  });
});

test.each([
  { reader: undefined, except: undefined, gives: 'ACS ACR39U 00 00' },
  { reader: undefined, except: 'ACS', gives: 'Virtual PCD 00 00' },
  { reader: 'Virtual', except: undefined, gives: 'Virtual PCD 00 00' },
  { reader: 'Virtual', except: '00 00', gives: 'Virtual PCD 00 01' },
  { reader: 'Virtual PCD 00 01', except: undefined, gives: 'Virtual PCD 00 01' },
  { reader: 'Gemalto', except: undefined, gives: undefined },
])('reader $reader but not $except is $gives', ({ gives, ...wanted }) => {
  expect(pickReader(['ACS ACR39U 00 00', 'Virtual PCD 00 00', 'Virtual PCD 00 01'], wanted)).toBe(gives);
});

describe('CardWatch', () => {
  const A = Uint8Array.of(0x3b, 0x01);
  const NONE = undefined;
  test.each<{ name: string; seen: readonly (readonly [Uint8Array | undefined, number])[]; told: string }>([
    {
      name: 'in and out',
      seen: [
        [NONE, 0],
        [A, 1],
        [NONE, 2],
      ],
      told: 'inserted removed',
    },
    {
      name: 'told again by a new child',
      seen: [
        [A, 1],
        [A, 1],
      ],
      told: 'inserted',
    },
    {
      name: 'swapped between two looks',
      seen: [
        [A, 1],
        [A, 3],
      ],
      told: 'inserted removed inserted',
    },
    {
      name: 'mute at first',
      seen: [
        [new Uint8Array(), 1],
        [A, 1],
      ],
      told: 'inserted removed inserted',
    },
    {
      name: 'asleep later',
      seen: [
        [A, 1],
        [new Uint8Array(), 1],
      ],
      told: 'inserted',
    },
  ])('$name', async ({ seen, told }) => {
    const watch = new CardWatch();
    const stop = new AbortController();
    const events: CardEvent[] = [];
    const listening = (async () => {
      for await (const event of watch.events(stop.signal)) events.push(event);
    })();
    for (const [atr, counter] of seen) watch.see(atr, counter);
    // Everything is in the queue before the listener is asked to stop.
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await listening;
    expect(events.map(({ kind }) => kind.replace('card-', '')).join(' ')).toBe(told);
  });
});

describe('CardSession', () => {
  /** PC/SC whose `connect` and `transmit` fail as told: one entry per call, `undefined` = works. */
  function fake(connects: readonly (string | undefined)[], transmits: readonly (string | undefined)[]) {
    const modes: number[] = [];
    const dispositions: number[] = [];
    let transmitted = 0;
    const card: PcscCard = {
      transmit: async () => {
        const error = transmits[transmitted++];
        if (error !== undefined) throw new Error(error);
        return Buffer.from([0x90, 0x00]);
      },
      disconnect: (disposition) => {
        dispositions.push(disposition);
      },
    };
    const connect = async (mode: number) => {
      const error = connects[modes.push(mode) - 1];
      if (error !== undefined) throw new Error(error);
      return card;
    };
    class Context {
      listReaders = () => [{ name: 'R', connect }];
      waitForChange = async () => null;
      close = () => undefined;
    }
    const constants = { SCARD_SHARE_EXCLUSIVE: 1, SCARD_SHARE_SHARED: 2, SCARD_PROTOCOL_T0: 1, SCARD_PROTOCOL_T1: 2 };
    const states = { SCARD_STATE_CHANGED: 2, SCARD_STATE_UNKNOWN: 4, SCARD_STATE_UNAVAILABLE: 8 };
    const more = { SCARD_STATE_PRESENT: 32, SCARD_STATE_MUTE: 512, SCARD_LEAVE_CARD: 0, SCARD_RESET_CARD: 1 };
    const pcsc: PcscLite = { Context, ...constants, ...states, ...more };
    return { session: new CardSession(pcsc), modes, dispositions };
  }
  const COMMAND = Uint8Array.of(0, 0xa4, 4, 0);

  test('exclusive, one connection for many commands, reset when released', async () => {
    const { session, modes, dispositions } = fake([], []);
    await session.transmit('R', COMMAND);
    await session.transmit('R', COMMAND);
    await session.release();
    expect(modes).toEqual([1]);
    expect(dispositions).toEqual([1]);
  });

  test('a reader that resets its card under exclusive access is used shared from then on', async () => {
    const { session, modes } = fake([], ['Card was reset']);
    await expect(session.transmit('R', COMMAND)).rejects.toThrow('Card was reset');
    await session.transmit('R', COMMAND);
    expect(modes).toEqual([1, 2]);
  });

  test('a card that does not answer exclusively is tried shared after it has settled', async () => {
    const { session, modes } = fake(['Card is unresponsive'], []);
    await session.transmit('R', COMMAND);
    await session.release();
    await session.transmit('R', COMMAND);
    expect(modes).toEqual([1, 2, 2]);
  });

  test('a busy reader is tried three times', async () => {
    const busy = 'Sharing violation';
    const { session, modes } = fake([busy, busy, undefined], []);
    await session.transmit('R', COMMAND);
    expect(modes).toEqual([1, 1, 1]);
    const never = fake([busy, busy, busy, busy], []);
    await expect(never.session.transmit('R', COMMAND)).rejects.toThrow(busy);
    expect(never.modes).toHaveLength(3);
  });

  test('a reader that is not on the list is unknown', async () => {
    await expect(fake([], []).session.transmit('S', COMMAND)).rejects.toThrow('Unknown reader');
  });
});
