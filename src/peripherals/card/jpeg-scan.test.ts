import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeCardPhoto } from '../../../tests/fixtures/card-photo.ts';
import { padJpeg } from './drivers/simulated/pad-jpeg.ts';
import { scanJpeg } from './jpeg-scan.ts';
import { PHOTO } from './memory-map.ts';
import { readPhoto } from './read-photo.ts';

let jpeg: Uint8Array;
beforeAll(async () => {
  jpeg = await makeCardPhoto();
});

/** A chip whose photo region is this, the rest NUL; counts what is read. */
function chipWith(bytes: Uint8Array) {
  const region = new Uint8Array(PHOTO.length);
  region.set(bytes);
  let blocks = 0;
  const read = async ({ offset, length }: { readonly offset: number; readonly length: number }) => {
    blocks++;
    return region.slice(offset - PHOTO.offset, offset - PHOTO.offset + length);
  };
  return { read, blocks: () => blocks };
}

describe('scanJpeg', () => {
  test('finds size and end, whatever follows', () => {
    const padded = Uint8Array.of(...jpeg, 0x20, 0xff, 0xd9, 0x00);
    expect(scanJpeg(padded)).toEqual({ kind: 'whole', length: jpeg.length, width: 148, height: 178 });
  });

  test('every beginning of a JPEG is partial', () => {
    for (let end = 0; end < jpeg.length; end++) expect(scanJpeg(jpeg.subarray(0, end)).kind).toBe('partial');
  });

  test('does not stop at FF D9 inside a comment', () => {
    const filled = padJpeg(jpeg, jpeg.length + 40, 0xff);
    filled.set([0xff, 0xd9], 10);
    expect(scanJpeg(filled)).toMatchObject({ kind: 'whole', length: filled.length });
  });

  test.each([
    { name: 'not a JPEG', bytes: [0x89, 0x50, 0x4e, 0x47] },
    { name: 'a segment of length 0', bytes: [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x00] },
    { name: 'no frame', bytes: [0xff, 0xd8, 0xff, 0xd9] },
    { name: 'no marker', bytes: [0xff, 0xd8, 0x00, 0x00] },
  ])('$name is broken', ({ bytes }) => {
    expect(scanJpeg(Uint8Array.from(bytes))).toEqual({ kind: 'broken', size: undefined });
  });

  test('any bytes get an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const scan = scanJpeg(Uint8Array.of(0xff, 0xd8, ...bytes));
        if (scan.kind === 'whole') expect(scan.length).toBeLessThanOrEqual(bytes.length + 2);
      }),
    );
  });
});

describe('readPhoto', () => {
  test('stops reading at the end of the JPEG', async () => {
    const chip = chipWith(jpeg);
    const { jpeg: got, facts } = await readPhoto(chip.read);
    expect(Buffer.from(got).equals(jpeg)).toBe(true);
    expect(facts).toMatchObject({ bytes: jpeg.length, width: 148, height: 178 });
    expect(chip.blocks()).toBe(Math.ceil(jpeg.length / 255));
  });

  test('stray bytes between markers: the last end of the region counts', async () => {
    const stray = Uint8Array.of(...jpeg.subarray(0, -2), 0xff, 0xd0, 0x00, ...jpeg.subarray(-2));
    const app0 = 2 + 2 + ((jpeg[4] ?? 0) << 8) + (jpeg[5] ?? 0);
    const beforeFrame = Uint8Array.of(...jpeg.subarray(0, app0), 0x00, ...jpeg.subarray(app0));
    expect((await readPhoto(chipWith(stray).read)).jpeg.length).toBe(stray.length);
    await expect(readPhoto(chipWith(beforeFrame).read)).rejects.toMatchObject({ code: 'PHOTO_UNREADABLE' });
  });

  test.each([
    { name: 'blank', make: () => new Uint8Array(0), blocks: 1 },
    { name: 'without end', make: () => jpeg.subarray(0, 700), blocks: 21 },
  ])('$name is PHOTO_UNREADABLE', async ({ make, blocks }) => {
    const chip = chipWith(make());
    await expect(readPhoto(chip.read)).rejects.toMatchObject({ code: 'PHOTO_UNREADABLE' });
    expect(chip.blocks()).toBe(blocks);
  });
});
