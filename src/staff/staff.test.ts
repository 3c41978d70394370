import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { DeskLock } from './desk-lock.ts';
import { mayActHere, type StaffMember } from './member.ts';
import { badgeHash, hashPin, isPin } from './pin.ts';
import { WrongPins } from './wrong-pins.ts';

const member = (id: string, change: Partial<StaffMember> = {}): StaffMember => ({
  id,
  name: { th: 'เจ้าหน้าที่ตัวอย่าง', en: 'Sample officer' },
  role: 'operator',
  organisation: 'อำเภอตัวอย่าง',
  areas: [],
  pin: null,
  badge: null,
  subject: null,
  until: null,
  ...change,
});

/** A desk whose time the test moves. */
async function bench() {
  const time = { ms: 0 };
  const kept = { counts: {} as Readonly<Record<string, number>> };
  const wrongPins = {
    read: () => kept.counts,
    write: (counts: Readonly<Record<string, number>>) => {
      kept.counts = counts;
    },
  };
  const locked = vi.fn();
  const people = [
    member('s-1', { pin: await hashPin('2580') }),
    member('s-2', { role: 'officer', badge: badgeHash('KAMNAN07'), subject: 'S'.repeat(43) }),
  ];
  const open = () =>
    new DeskLock({
      members: () => people,
      villages: () => [],
      wrongPins,
      monotonicMs: () => time.ms,
      idleMs: 60_000,
      onLocked: locked,
    });
  return { time, kept, locked, open, lock: open() };
}
const pin = (guess: string, staff = 's-1') => ({ by: 'pin', staff, pin: guess }) as const;

describe('PINs', () => {
  test('the same PIN is kept differently each time, opens, and no other one does', async () => {
    const [one, two] = await Promise.all([hashPin('2580'), hashPin('2580')]);
    expect(one.hash).not.toBe(two.hash);
    expect(JSON.stringify(one)).not.toContain('2580');
    expect(await Promise.all([isPin('2580', one), isPin('2581', one), isPin('', one), isPin('2580', null)])).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('slips are free, then each wrong PIN doubles the wait, also for guesses at the same time', async () => {
    const { lock, time } = await bench();
    const guesses = await Promise.all([lock.prove(pin('0000')), lock.prove(pin('1111')), lock.prove(pin('2222'))]);
    expect(guesses.map((guess) => guess.kind === 'refused' && guess.why)).toEqual([
      'wrong-pin',
      'wrong-pin',
      'wrong-pin',
    ]);
    expect(await lock.prove(pin('2580'))).toEqual({ kind: 'refused', why: 'wait', waitS: 5 });
    time.ms += 5_000;
    expect(await lock.prove(pin('3333'))).toMatchObject({ why: 'wrong-pin', waitS: 10 });
    time.ms += 10_000;
    expect(await lock.prove(pin('2580'))).toMatchObject({ kind: 'proven', by: 'pin' });
    expect(await lock.prove(pin('0000'))).toMatchObject({ why: 'wrong-pin', waitS: null });
  });

  test('switching the station off and on gives no new guesses', async () => {
    const { lock, open } = await bench();
    for (const guess of ['1', '2', '3']) await lock.prove(pin(guess.repeat(4)));
    expect(await open().prove(pin('2580'))).toMatchObject({ why: 'wait', waitS: 5 });
  });

  test('the wait never shrinks with more wrong PINs and never passes five minutes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), (wrong) => {
        const pins = new WrongPins({ read: () => ({ a: wrong }), write: () => undefined }, () => 0);
        const more = new WrongPins({ read: () => ({ a: wrong + 1 }), write: () => undefined }, () => 0);
        expect(pins.waitS('a')).toBeLessThanOrEqual(more.waitS('a'));
        expect(more.waitS('a')).toBeLessThanOrEqual(300);
        expect(pins.waitS('b')).toBe(0);
      }),
    );
  });

  test('somebody who is not on the list is told nothing else', async () => {
    const { lock, kept } = await bench();
    expect(await lock.prove(pin('2580', 'nobody'))).toMatchObject({ why: 'unknown' });
    expect(kept.counts).toEqual({});
  });
});

describe('badge and card', () => {
  test('each counts once, and only for a moment', async () => {
    const { lock, time } = await bench();
    expect(await lock.prove({ by: 'badge' })).toMatchObject({ why: 'nothing-scanned' });
    lock.see({ by: 'badge', operatorId: 'KAMNAN07' });
    expect(await lock.prove({ by: 'card' })).toMatchObject({ why: 'nothing-scanned' });
    lock.see({ by: 'badge', operatorId: 'KAMNAN07' });
    expect(await lock.prove({ by: 'badge' })).toMatchObject({ kind: 'proven', member: { id: 's-2' } });
    expect(await lock.prove({ by: 'badge' })).toMatchObject({ why: 'nothing-scanned' });
    lock.see({ by: 'card', subject: 'S'.repeat(43) });
    expect(lock.seen()?.id).toBe('s-2');
    time.ms += 30_001;
    expect(await lock.prove({ by: 'card' })).toMatchObject({ why: 'nothing-scanned' });
    lock.see({ by: 'badge', operatorId: 'SOMEBODY' });
    expect(await lock.prove({ by: 'badge' })).toMatchObject({ why: 'unknown' });
  });
});

test('the desk locks when nobody has touched it for a minute', async () => {
  vi.useFakeTimers();
  const { lock, locked } = await bench().finally(() => undefined);
  lock.signIn(member('s-1'));
  vi.advanceTimersByTime(59_000);
  lock.touch();
  vi.advanceTimersByTime(59_000);
  expect(lock.signedIn?.id).toBe('s-1');
  vi.advanceTimersByTime(1_000);
  expect([lock.signedIn, locked.mock.calls.length]).toEqual([null, 1]);
  vi.useRealTimers();
});

test.each([
  { areas: [], villages: ['34010203'], until: null, may: true },
  { areas: ['3401'], villages: ['34010203', '34020101'], until: null, may: true },
  { areas: ['340199'], villages: ['34010203'], until: null, may: false },
  { areas: ['3401'], villages: [], until: null, may: true },
  { areas: [], villages: [], until: '2026-11-21', may: false },
  { areas: [], villages: [], until: '2026-11-22', may: true },
])('with areas $areas until $until somebody may act in $villages: $may', ({ areas, villages, until, may }) => {
  expect(mayActHere(member('s', { areas, until }), villages, '2026-11-22')).toBe(may);
});
