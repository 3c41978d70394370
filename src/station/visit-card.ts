import type { Settings } from '../config/settings.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { readThaiId } from '../peripherals/card/read-thai-id.ts';
import { type ThaiIdText, wipeCard } from '../peripherals/card/thai-id-card.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import type { VisitSession } from './visit-session.ts';

export interface VisitCardOptions {
  readonly limits: Settings['card'];
  /** False once another card has come, or none is there. */
  readonly isCurrent: () => boolean;
  readonly onText: (text: ThaiIdText) => void;
  readonly onProgress: (fraction: number) => void;
  readonly onFault: (code: FaultCode, detail: string) => void;
}

/** Reads the card of a visit into its session. @returns whether the whole card is there */
export async function readVisitCard(
  reader: CardReader,
  session: VisitSession,
  { limits, isCurrent, onText, onProgress, onFault }: VisitCardOptions,
): Promise<boolean> {
  try {
    const card = await readThaiId(reader, {
      atr: session.atr,
      signal: session.over.signal,
      apduLimitMs: limits.apduLimitMs,
      readLimitMs: limits.readLimitMs,
      withPhoto: true,
      onText: (text) => {
        if (!isCurrent()) return;
        session.mark('textRead');
        onText(text);
      },
      onProgress: (fraction) => {
        if (isCurrent()) onProgress(fraction);
      },
    });
    if (!isCurrent()) {
      wipeCard(card);
      return false;
    }
    session.card = card;
    session.mark('photoRead');
    if (card.photoFault) onFault(card.photoFault, 'no photo');
    return card.photoFault === undefined;
  } catch (error) {
    if (isCurrent()) {
      const { code, message } = asFault(error, 'INTERNAL', reader.name);
      onFault(code, message);
    }
    return false;
  }
}
