import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JpegSplitter } from './splitter.ts';

/** Something between SOI and EOI without either marker, as entropy-coded data is. */
const picture = fc
  .uint8Array({ minLength: 1, maxLength: 200 })
  .map((body) =>
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...body.map((byte) => (byte === 0xff ? 0xfe : byte)), 0xff, 0xd9),
  );

test('frames come out whole however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(picture, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      (pictures, cuts) => {
        const stream = Buffer.concat(pictures);
        const splitter = new JpegSplitter();
        const frames: Uint8Array[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = cuts[i % cuts.length] ?? 1;
          frames.push(...splitter.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(frames.map((frame) => [...frame])).toEqual(pictures.map((one) => [...one]));
      },
    ),
  );
});

test('noise before a frame is dropped', () => {
  const frame = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 0xff, 0xd9];
  expect(new JpegSplitter().push(Uint8Array.of(9, 9, 0xff, 0xff, ...frame)).map((one) => [...one])).toEqual([frame]);
});

test('what was dropped is gone, and the next frame comes whole', () => {
  const splitter = new JpegSplitter();
  splitter.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2));
  splitter.drop();
  expect(splitter.push(Uint8Array.of(3, 0xff, 0xd9))).toEqual([]);
  const frame = [0xff, 0xd8, 0xff, 0xe0, 4, 0xff, 0xd9];
  expect(splitter.push(Uint8Array.from(frame)).map((one) => [...one])).toEqual([frame]);
});

test('whatever comes, memory stays bounded and nothing throws', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 500 })), (chunks) => {
      const splitter = new JpegSplitter();
      for (const chunk of chunks)
        for (const frame of splitter.push(chunk))
          expect([frame[0], frame[1], frame.at(-2), frame.at(-1)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    }),
  );
  const endless = new JpegSplitter();
  endless.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
  const block = new Uint8Array(1024 * 1024);
  for (let n = 0; n < 20; n++) expect(endless.push(block)).toEqual([]);
  expect(endless.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 7, 0xff, 0xd9))).toHaveLength(1);
});
