import type { Settings } from '../config/settings.ts';
import { cardJson } from '../peripherals/card/card-json.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { readThaiId } from '../peripherals/card/read-thai-id.ts';
import type { Recording } from '../peripherals/card/recording.ts';
import { RecordingReader } from '../peripherals/card/recording-reader.ts';
import { type ThaiIdCard, wipeCard } from '../peripherals/card/thai-id-card.ts';
import { waitForCard } from '../peripherals/card/wait-for-card.ts';
import { StationFault } from '../shared/fault.ts';
import { pause } from '../shared/wait.ts';
import { openCardReader, openNamedReader } from './registry.ts';
import { VERSION } from './version.ts';

export interface CardRead {
  /** What may be printed. */
  readonly json: ReturnType<typeof cardJson>;
  /** Hands over the photo's bytes, `undefined` when the chip gave none; call it before `wipe`. */
  readonly photoJpeg: Uint8Array | undefined;
  wipe(): void;
}

export interface CardReadOptions {
  readonly card: Settings['card'];
  /** Part of a PC/SC reader's name or the path of a serial one; `null` = the one of the settings. */
  readonly reader: string | null;
  readonly timeoutMs: number;
  readonly showPersonal: boolean;
  readonly onProgress: (fraction: number) => void;
  /** Given what was said to the card, redacted, however the read ended; `undefined` = nothing is recorded. */
  readonly onRecording: ((recording: Recording) => void) | undefined;
}

/** pcscd looks at a virtual slot every 400 ms. */
const SETTLE_MS = 100;

/**
 * Waits for a card in the reader and reads it.
 * @throws StationFault with the codes of the card
 */
export async function readCard(options: CardReadOptions, signal: AbortSignal): Promise<CardRead> {
  const { card: settings, reader: named } = options;
  await using reader = await (named === null ? openCardReader(settings) : openNamedReader(named, settings));
  const deadline = performance.now() + options.timeoutMs;
  const card = await readRecorded(reader, options, deadline, signal);
  return {
    json: cardJson(card, { showPersonal: options.showPersonal }),
    photoJpeg: card.photoJpeg,
    wipe: () => wipeCard(card),
  };
}

/**
 * Waits for a card and reads whose it is; the photo stays on the chip. The number is not to be printed or kept.
 * @throws StationFault with the codes of the card
 */
export async function readCardNumber(
  options: Pick<CardReadOptions, 'card' | 'reader' | 'timeoutMs'>,
  signal: AbortSignal,
): Promise<string> {
  const { card: settings, reader: named, timeoutMs } = options;
  await using reader = await (named === null ? openCardReader(settings) : openNamedReader(named, settings));
  const read = { card: settings, withPhoto: false, onProgress: () => undefined };
  const card = await readInserted(reader, read, performance.now() + timeoutMs, signal);
  wipeCard(card);
  return card.citizenId;
}

async function readRecorded(
  reader: CardReader,
  options: CardReadOptions,
  deadline: number,
  signal: AbortSignal,
): Promise<ThaiIdCard> {
  if (options.onRecording === undefined)
    return await readInserted(reader, { ...options, withPhoto: true }, deadline, signal);
  const recorder = new RecordingReader(reader);
  try {
    return await readInserted(recorder, { ...options, withPhoto: true }, deadline, signal);
  } finally {
    // A card that cannot be read is the one whose recording is wanted most.
    options.onRecording(recorder.finish(VERSION));
  }
}

/** A card that is gone before its first byte was only passing through (pcscd tells of a swap late): the wait goes on. */
async function readInserted(
  reader: CardReader,
  options: Pick<CardReadOptions, 'card' | 'onProgress'> & { readonly withPhoto: boolean },
  deadline: number,
  signal: AbortSignal,
): Promise<ThaiIdCard> {
  const atr = await waitForCard(reader, Math.max(1, deadline - performance.now()), signal);
  let hasBegun = false;
  try {
    return await readThaiId(reader, {
      atr,
      signal,
      apduLimitMs: options.card.apduLimitMs,
      readLimitMs: options.card.readLimitMs,
      withPhoto: options.withPhoto,
      onText: () => undefined,
      onProgress: (fraction) => {
        hasBegun = true;
        options.onProgress(fraction);
      },
    });
  } catch (error) {
    const isPassing = error instanceof StationFault && error.code === 'CARD_REMOVED' && !hasBegun;
    if (!isPassing || performance.now() >= deadline) throw error;
    await pause(SETTLE_MS, signal);
    return readInserted(reader, options, deadline, signal);
  }
}
