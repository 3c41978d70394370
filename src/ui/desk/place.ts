import type { ReceiptVerdict, ReferralNeeds } from '../../kiosk/desk-protocol.ts';

/** Where on the desk the page is. Kept in memory alone: never in the address, the history or the title. */
export type Place =
  | { readonly page: 'today' }
  | { readonly page: 'village'; readonly village: string }
  | { readonly page: 'person'; readonly entry: string }
  | { readonly page: 'walk-in'; readonly name: string }
  | { readonly page: 'visit'; readonly expecting: string | null; readonly task: 'own' | 'represent' }
  | { readonly page: 'represent'; readonly entry: string; readonly name: string }
  | { readonly page: 'referrals' }
  | { readonly page: 'batch' }
  | { readonly page: 'refer'; readonly visitId: string; readonly name: string; readonly needs: ReferralNeeds | null }
  /** Without `day`, today. */
  | { readonly page: 'day'; readonly day?: string }
  /** Entering a paper form: `serial` = the one that was scanned. */
  | { readonly page: 'form'; readonly serial: string | null }
  | { readonly page: 'more' }
  | { readonly page: 'team' }
  | { readonly page: 'orders' }
  | { readonly page: 'verify'; readonly verdict: ReceiptVerdict | null }
  | { readonly page: 'health' };

/** The doors of the menu; everything else lies behind one of them. `health` is a technician's. */
export type Tab = 'today' | 'visit' | 'referrals' | 'day' | 'health' | 'more';

export function tabOf({ page }: Place): Exclude<Tab, 'health'> {
  if (page === 'visit' || page === 'represent') return 'visit';
  if (page === 'referrals' || page === 'batch' || page === 'refer') return 'referrals';
  if (page === 'day' || page === 'form') return 'day';
  if (['more', 'team', 'orders', 'verify', 'health'].includes(page)) return 'more';
  return 'today';
}
