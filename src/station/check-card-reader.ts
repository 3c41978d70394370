import type { Settings } from '../config/settings.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { StationFault } from '../shared/fault.ts';
import { pause } from '../shared/wait.ts';
import { hasUsbReader } from './devices.ts';
import type { Check } from './parts.ts';
import { isSerialReader, listPcscReaders, openCardReader, openNamedReader } from './registry.ts';

type CardSettings = Settings['card'];

/** A silent reader is asked six times before it counts as silent. */
const ANSWER_LIMIT_MS = 6_000;
const LOOK_MS = 50;

/** Looks for the reader that the settings name: asks pcscd for it, or speaks to it. */
export function checkCardReader(card: CardSettings): Check {
  const { driver, reader, secondReader } = card;
  if (driver === 'serial' || driver === 'replay') return checkAnswer(() => openCardReader(card));
  return checkListed(card, (name) => {
    const isSecond = secondReader !== null && name.includes(secondReader);
    return !isSecond && (reader === null || name.includes(reader));
  });
}

/** @param wanted the setting `card.secondReader` */
export function checkSecondCardReader(wanted: string, card: CardSettings): Check {
  if (isSerialReader(wanted)) return checkAnswer(() => openNamedReader(wanted, card));
  return checkListed(card, (name) => name.includes(wanted));
}

function checkListed(card: CardSettings, isFitting: (name: string) => boolean): Check {
  return async (signal) => {
    const fitting = (await listPcscReaders(card.backend, signal)).filter(isFitting);
    const [name] = fitting;
    if (name !== undefined) return { state: 'ready', name, code: null, detail: `${fitting.length} reader(s)` };
    const why = hasUsbReader()
      ? 'a reader is plugged in, but pcscd lists none that fits'
      : 'pcscd runs and lists no reader that fits';
    throw new StationFault('READER_MISSING', card.reader ?? 'pcsc', why);
  };
}

function checkAnswer(open: () => Promise<CardReader>): Check {
  return async (signal) => {
    await using reader = await open();
    const starting = reader.fault;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]);
    while (reader.fault !== undefined && reader.fault === starting && !limit.aborted) await pause(LOOK_MS, limit);
    if (reader.fault) throw reader.fault;
    return { state: 'ready', name: reader.name, code: null, detail: 'it answers' };
  };
}
