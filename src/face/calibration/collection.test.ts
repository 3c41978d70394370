import { describe, expect, test } from 'vitest';
import { collectionOfPairs, isCard, isPicture, parseGroups } from './collection.ts';

test('cards are references, other pictures probes, other files nothing', () => {
  expect(
    ['card.jpg', 'Card-2.png', 'live.jpg', 'notes.txt', 'card.txt'].map((name) => [isCard(name), isPicture(name)]),
  ).toEqual([
    [true, true],
    [true, true],
    [false, true],
    [false, false],
    [true, false],
  ]);
});

test('pairs: a person is the folder of a picture, each picture is one, and none is compared with itself', () => {
  const pairs = [
    { reference: 'a/1', probe: 'a/2' },
    { reference: 'a/1', probe: 'b/1' },
    { reference: 'b/1', probe: 'a/2' },
    { reference: 'a/1', probe: 'a/1' },
  ];
  expect(collectionOfPairs(pairs, (path) => path.slice(0, 1))).toEqual({
    people: ['a', 'b'],
    references: [
      { person: 0, path: 'a/1' },
      { person: 1, path: 'b/1' },
    ],
    probes: [
      { person: 0, path: 'a/2' },
      { person: 1, path: 'b/1' },
    ],
    pairs: [
      { reference: 0, probe: 0 },
      { reference: 0, probe: 1 },
      { reference: 1, probe: 0 },
    ],
  });
});

describe('groups', () => {
  test('one person in several groups, quotes and an empty line', () => {
    const text = 'person,group\n\nx,old\n"y, z",old\nx,west\n';
    expect(parseGroups(text, 'g.csv', ['x', 'y, z', 'w'])).toEqual([
      { name: 'old', members: Uint8Array.of(1, 1, 0) },
      { name: 'west', members: Uint8Array.of(1, 0, 0) },
    ]);
  });

  test.each([
    {
      name: 'somebody without pictures',
      text: 'nobody,old',
      says: 'line 1: expected "person,group", found a person without',
    },
    { name: 'a line with one field', text: 'x,old\nx', says: 'line 2: expected "person,group", found something else' },
  ])('$name is refused without a name', ({ text, says }) => {
    const refused = () => parseGroups(text, 'g.csv', ['x']);
    expect(refused).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(says) }));
    expect(refused).not.toThrow(/nobody/);
  });
});
