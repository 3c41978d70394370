import type { Settings } from '../config/settings.ts';
import type { Log } from '../observe/log.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { readThaiId } from '../peripherals/card/read-thai-id.ts';
import { wipeCard } from '../peripherals/card/thai-id-card.ts';
import { collectGarbage } from '../shared/collect-garbage.ts';
import { asFault } from '../shared/fault.ts';
import { watchReader } from './watch-reader.ts';

export interface OfficerCardsOptions {
  /** The station's second reader. */
  readonly reader: CardReader;
  readonly limits: Pick<Settings['card'], 'apduLimitMs' | 'readLimitMs'>;
  /** Whose card was put in, by the number on its chip; it must not be kept. */
  readonly onNumber: (number: string) => void;
  /** The reader's state may have changed. */
  readonly onChange: () => void;
  readonly log: Log;
}

/**
 * Reads who puts a card into the second reader, until `signal` aborts: the text of the chip, never the photo. Nothing of it outlives
 * {@link OfficerCardsOptions.onNumber}.
 */
export async function watchOfficerCards(options: OfficerCardsOptions, signal: AbortSignal): Promise<void> {
  let inserted = new AbortController();
  let reading: Promise<void> = Promise.resolve();
  const event: Parameters<typeof watchReader>[1]['event'] = (one) => {
    inserted.abort();
    if (one.kind !== 'card-inserted') return;
    inserted = new AbortController();
    const isHere = AbortSignal.any([signal, inserted.signal]);
    reading = reading.then(() => readOne(options, one.atr, isHere));
  };
  await watchReader(options.reader, { event, changed: options.onChange }, signal);
  inserted.abort();
  await reading;
}

async function readOne(
  { reader, limits, onNumber, log }: OfficerCardsOptions,
  atr: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { apduLimitMs, readLimitMs } = limits;
    const no = () => undefined;
    const rest = { withPhoto: false, onText: no, onProgress: no };
    const card = await readThaiId(reader, { atr, signal, apduLimitMs, readLimitMs, ...rest });
    try {
      if (signal.aborted) return;
      onNumber(card.citizenId);
      log.info('second-card-read', { ms: Math.round(card.timingsMs.total) });
    } finally {
      wipeCard(card);
    }
  } catch (error) {
    // A card that was pulled, or is none of ours, is no trouble of the station's.
    if (!signal.aborted) log.warn('second-card-fault', { code: asFault(error, 'INTERNAL', reader.name).code });
  }
  await collectGarbage();
}
