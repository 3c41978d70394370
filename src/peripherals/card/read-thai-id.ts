import { StationFault } from '../../shared/fault.ts';
import { getResponseP2, readRange, selectThaiId } from './apdu.ts';
import { type ChipRange, FIELDS, PHOTO } from './memory-map.ts';
import type { CardReader } from './port.ts';
import { type ReadRange, readFields } from './read-fields.ts';
import { type Photo, readPhoto } from './read-photo.ts';
import { hasCode, resuming, retryOnce } from './retry.ts';
import type { ThaiIdCard, ThaiIdText } from './thai-id-card.ts';
import { decodeText } from './tis620.ts';
import { limitTo, transmitWithin } from './transmit-within.ts';

/** Recoveries within one photo; a card that needs more is out of order. */
const MOST_RESUMES = 3;

export interface ReadOptions {
  /** From the `card-inserted` event; decides how GET RESPONSE is sent. */
  readonly atr: Uint8Array;
  readonly signal: AbortSignal;
  /** Longest wait for one answer, ms. */
  readonly apduLimitMs: number;
  /** Longest whole read, ms. */
  readonly readLimitMs: number;
  readonly withPhoto: boolean;
  /** Told once, before the photo is read. */
  readonly onText: (text: ThaiIdText) => void;
  /** 0..1 of all bytes; never goes back. */
  readonly onProgress: (fraction: number) => void;
}

/**
 * Reads the card in the reader: text, then photo, with the citizen number at the start and at the end, so that a card
 * swapped in between cannot mix two people. What may be noise (`CARD_PROTOCOL`, `DATA_INVALID`) in the text is tried
 * once more from SELECT on; in the photo the read selects again, checks the citizen number and goes on at the block
 * where it was. A photo that stays unreadable leaves a read without photo and `photoFault`.
 * @throws StationFault with the codes of the card; the reason of `signal` when that aborts
 */
export async function readThaiId(reader: CardReader, options: ReadOptions): Promise<ThaiIdCard> {
  const limit = limitTo(options.readLimitMs, options.signal, () => {
    return new StationFault('CARD_TIMEOUT', reader.name, `not read within ${options.readLimitMs} ms`);
  });
  const send = transmitWithin(reader, options.apduLimitMs, limit.signal);
  const p2 = getResponseP2(options.atr);
  const progress = progressOf(options);
  const read = async (range: ChipRange) => {
    const bytes = await readRange(send, range, p2);
    progress.add(range);
    return bytes;
  };
  const reselect = async () => {
    await reader.release();
    await selectThaiId(send);
  };
  const startedAt = performance.now();
  let photo: Photo | undefined;
  try {
    await retryOnce(
      ['CARD_PROTOCOL'],
      () => reader.release(),
      () => selectThaiId(send),
    );
    const selectedAt = performance.now();
    const text = await retryOnce(['CARD_PROTOCOL', 'DATA_INVALID'], reselect, () => readFields(read));
    const textAt = performance.now();
    options.onText(text);
    const checkSame = async () => {
      if (decodeText(await read(FIELDS.citizenId)) === text.citizenId) return;
      throw new StationFault('CARD_CHANGED', reader.name, 'the citizen number is not the one at the start');
    };
    const reselectSame = async () => {
      await reselect().catch((error) => {
        if (!hasCode(error, ['NOT_THAI_ID'])) throw error;
        throw new StationFault('CARD_CHANGED', reader.name, 'the applet of the start is gone', { cause: error });
      });
    };
    const resume = async () => {
      await reselectSame();
      await checkSame();
    };
    photo = options.withPhoto ? await readPhotoOrNone(resume, read) : undefined;
    const photoAt = performance.now();
    await retryOnce(['CARD_PROTOCOL'], reselectSame, checkSame);
    progress.finish();
    return {
      ...text,
      photo: photo?.facts,
      photoJpeg: photo?.jpeg,
      photoFault: options.withPhoto && photo === undefined ? 'PHOTO_UNREADABLE' : undefined,
      atr: Buffer.from(options.atr).toString('hex'),
      timingsMs: {
        select: tenths(selectedAt - startedAt),
        text: tenths(textAt - selectedAt),
        photo: tenths(photoAt - textAt),
        total: tenths(performance.now() - startedAt),
      },
    };
  } catch (error) {
    photo?.jpeg.fill(0);
    throw error;
  } finally {
    limit.clear();
    // Others may use the reader now; a fault while letting go says nothing about what was read.
    await reader.release().catch(() => undefined);
  }
}

async function readPhotoOrNone(resume: () => Promise<void>, read: ReadRange): Promise<Photo | undefined> {
  try {
    const steady = resuming(read, resume, MOST_RESUMES);
    return await retryOnce(['PHOTO_UNREADABLE'], resume, () => readPhoto(steady));
  } catch (error) {
    if (hasCode(error, ['CARD_PROTOCOL', 'PHOTO_UNREADABLE'])) return undefined;
    throw error;
  }
}

/** Counts each range once, so that a second try does not run ahead. */
function progressOf(options: Pick<ReadOptions, 'withPhoto' | 'onProgress'>) {
  const fieldBytes = Object.values(FIELDS).reduce((sum, { length }) => sum + length, 0);
  const total = fieldBytes + (options.withPhoto ? PHOTO.length : 0);
  const counted = new Set<number>();
  let bytes = 0;
  return {
    add: ({ offset, length }: ChipRange) => {
      if (counted.has(offset)) return;
      counted.add(offset);
      bytes += length;
      options.onProgress(bytes / total);
    },
    finish: () => {
      if (bytes < total) options.onProgress(1);
    },
  };
}

const tenths = (ms: number) => Math.round(ms * 10) / 10;
