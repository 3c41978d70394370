import { cardJson } from '../peripherals/card/card-json.ts';
import { readThaiId } from '../peripherals/card/read-thai-id.ts';
import { wipeCard } from '../peripherals/card/thai-id-card.ts';
import { waitForCard } from '../peripherals/card/wait-for-card.ts';
import { openPcscReader } from './registry.ts';

export interface CardRead {
  /** What may be printed. */
  readonly json: ReturnType<typeof cardJson>;
  /** Hands over the photo's bytes, `undefined` when the chip gave none; call it before `wipe`. */
  readonly photoJpeg: Uint8Array | undefined;
  wipe(): void;
}

/**
 * Waits for a card in a PC/SC reader and reads it.
 * @param options `reader`: part of a reader's name, or `null` for the first one
 * @throws StationFault with the codes of the card
 */
export async function readCard(
  options: {
    readonly reader: string | null;
    readonly timeoutMs: number;
    readonly apduLimitMs: number;
    readonly readLimitMs: number;
    readonly showPersonal: boolean;
    readonly onProgress: (fraction: number) => void;
  },
  signal: AbortSignal,
): Promise<CardRead> {
  await using reader = await openPcscReader(options.reader, false);
  const atr = await waitForCard(reader, options.timeoutMs, signal);
  const card = await readThaiId(reader, {
    atr,
    signal,
    apduLimitMs: options.apduLimitMs,
    readLimitMs: options.readLimitMs,
    withPhoto: true,
    onText: () => undefined,
    onProgress: options.onProgress,
  });
  return {
    json: cardJson(card, { showPersonal: options.showPersonal }),
    photoJpeg: card.photoJpeg,
    wipe: () => wipeCard(card),
  };
}
