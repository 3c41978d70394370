import type { CardValidity } from '../../visit/types.ts';
import type { IsoDay } from './chip-date.ts';
import type { ThaiIdText } from './thai-id-card.ts';

/** Thailand has kept UTC+7 without summer time since 1920. */
const BANGKOK_OFFSET_MS = 7 * 3_600_000;

/** The calendar day in Bangkok. */
export function bangkokDay(at: Date): IsoDay {
  return new Date(at.getTime() + BANGKOK_OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * Is the card in date? Valid through its last day, Bangkok time.
 * @param floor a moment that is certainly past (of the build, or of the last record): a card that ended before it has
 *   expired whatever the clock says; nothing else can be said while the clock is unsynced
 */
export function expiryVerdict(
  card: Pick<ThaiIdText, 'expiry'>,
  today: Date,
  clockState: 'synced' | 'unsynced',
  floor: Date,
): CardValidity {
  if (card.expiry.kind === 'lifetime') return 'valid';
  // ISO days compare as text.
  if (card.expiry.date < bangkokDay(floor)) return 'expired';
  if (clockState === 'unsynced') return 'unchecked';
  return card.expiry.date < bangkokDay(today) ? 'expired' : 'valid';
}
