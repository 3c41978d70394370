import { describe, expect, test } from 'vitest';
import type { ListStore } from '../../src/roster/port.ts';
import { keptList, smallOrder } from '../fixtures/roster.ts';

const never = (file: string) => {
  throw new Error(file);
};

/** What every place for lists must do. `open` opens the same one again. */
export function describeListStore(name: string, make: () => Disposable & { open(): ListStore }): void {
  describe(`list store contract: ${name}`, () => {
    test('what is kept is read again, the newest revision in the place of the one before', () => {
      using place = make();
      const store = place.open();
      expect(store.read(never)).toEqual([]);
      const [one, other] = [keptList(smallOrder({ id: 'b' })), keptList(smallOrder({ id: 'a' }, 3))];
      store.keep(one);
      store.keep(other);
      const newer = { ...keptList(smallOrder({ id: 'b', rev: 4 }, 5)), struckOff: one.order.people.slice(9) };
      store.keep(newer);
      expect(store.read(never)).toEqual([other, newer]);
      expect(place.open().read(never)).toEqual([other, newer]);
      expect(place.open().lastRev('b')).toBe(4);
    });

    test('what is forgotten is gone, but its number', () => {
      using place = make();
      const store = place.open();
      store.keep(keptList(smallOrder({ id: 'a', rev: 3 })));
      store.forget('a');
      store.forget('never-there');
      for (const one of [store, place.open()]) {
        expect(one.read(never)).toEqual([]);
        expect([one.lastRev('a'), one.lastRev('never-there')]).toEqual([3, 0]);
      }
      store.keep(keptList(smallOrder({ id: 'a', rev: 3 })));
      expect(place.open().read(never)).toHaveLength(1);
    });
  });
}
