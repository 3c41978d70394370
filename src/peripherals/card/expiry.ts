import { bangkokDay } from '../../shared/bangkok-day.ts';
import type { CardValidity } from '../../visit/types.ts';
import type { ThaiIdText } from './thai-id-card.ts';

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
