import { createHash } from 'node:crypto';
import { StationFault } from '../../shared/fault.ts';
import { type JpegScan, scanJpeg } from './jpeg-scan.ts';
import { PHOTO, PHOTO_BLOCKS } from './memory-map.ts';
import type { ReadRange } from './read-fields.ts';
import type { PhotoFacts } from './thai-id-card.ts';

/** The JPEG and what is told of it. The buffer is the caller's to wipe. */
export interface Photo {
  readonly jpeg: Uint8Array;
  readonly facts: PhotoFacts;
}

/**
 * Reads the photo block by block and stops at its end; the rest of the region is padding.
 * @throws StationFault `PHOTO_UNREADABLE` when the region does not begin with a JPEG or holds no end of one
 */
export async function readPhoto(read: ReadRange): Promise<Photo> {
  const region = new Uint8Array(PHOTO.length);
  try {
    let filled = 0;
    for (const block of PHOTO_BLOCKS) {
      const bytes = await read(block);
      region.set(bytes, filled);
      bytes.fill(0);
      filled += block.length;
      const scan = scanJpeg(region.subarray(0, filled));
      if (scan.kind === 'whole') return cut(region, scan);
      if (region[0] !== 0xff || region[1] !== 0xd8) throw unreadable('does not begin with SOI');
    }
    return cut(region, scanJpeg(region));
  } finally {
    region.fill(0);
  }
}

function cut(region: Uint8Array, scan: JpegScan): Photo {
  if (scan.kind === 'partial') throw unreadable('has no end');
  if (scan.kind === 'whole') return photo(region.slice(0, scan.length), scan.width, scan.height);
  // Out of order between two markers: decoders forgive that, so the last EOI of the region is taken as the end.
  const end = lastEndOfImage(region);
  if (scan.size === undefined || end === undefined) throw unreadable('is damaged');
  return photo(region.slice(0, end), scan.size.width, scan.size.height);
}

function photo(jpeg: Uint8Array, width: number, height: number): Photo {
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  return { jpeg, facts: { bytes: jpeg.length, sha256, width, height } };
}

function lastEndOfImage(region: Uint8Array): number | undefined {
  for (let at = region.length - 2; at >= 2; at--) if (region[at] === 0xff && region[at + 1] === 0xd9) return at + 2;
  return undefined;
}

function unreadable(what: string): StationFault {
  return new StationFault('PHOTO_UNREADABLE', 'chip', `the photo ${what}`);
}
