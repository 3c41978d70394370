import { pseudonym } from '../contract/envelope/pseudonym.ts';
import type { DeskPeople } from '../desk/people.ts';
import type { DeskPaper } from '../desk/port.ts';
import type { Scanned } from '../kiosk/desk-protocol.ts';
import { parseCode } from '../peripherals/badge/parse-code.ts';
import type { DeskLock } from '../staff/desk-lock.ts';
import type { StaffMember } from '../staff/member.ts';

interface ScanContext {
  readonly people: DeskPeople;
  readonly paper: DeskPaper;
  readonly lock: DeskLock;
}

/** What a scanned text means at the desk. A badge counts as shown for a moment; nobody is told whose, but by name to staff. */
export function meaningOf(text: string, { people, paper, lock }: ScanContext): Scanned {
  const verdict = paper.verify(text);
  if (verdict.state !== 'not-a-receipt') return { kind: 'receipt', verdict };
  const meaning = parseCode(text);
  switch (meaning.kind) {
    case 'operator-badge': {
      lock.see({ by: 'badge', operatorId: meaning.operatorId });
      return { kind: 'badge', by: 'badge', name: lock.seen()?.name.th ?? null };
    }
    case 'work-order': {
      const entry = people.entryOfCode(meaning.workOrderId);
      return entry === undefined ? { kind: 'unknown' } : { kind: 'person', entry };
    }
    case 'paper-form':
      return { kind: 'form', serial: meaning.serial };
    default:
      return { kind: 'unknown' };
  }
}

interface OfficerContext {
  readonly lock: DeskLock;
  readonly members: () => readonly StaffMember[];
  /** Under which staff may be known: the station's own key, and those of the lists that name them. */
  readonly keys: readonly Uint8Array[];
}

/** What a card in the second reader means: an officer's own counts for a moment, anybody else's means nothing. */
export function officerOf(number: string, { lock, members, keys }: OfficerContext): Scanned | undefined {
  const staff = members();
  for (const key of keys) {
    const subject = pseudonym(key, number);
    const member = staff.find((one) => one.subject === subject);
    if (!member) continue;
    lock.see({ by: 'card', subject });
    return { kind: 'badge', by: 'card', name: member.name.th };
  }
  return undefined;
}
