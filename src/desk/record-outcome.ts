import type { PastOutcome, Refusal } from '../kiosk/desk-protocol.ts';
import { uuidV7 } from '../shared/uuid.ts';
import { reasonWords } from '../visit/reasons.ts';
import type { PaperOutcome } from '../visit/types.ts';
import type { DeskContext } from './context.ts';
import type { DeskFacts } from './port.ts';
import { refuse, refuseFault } from './refusals.ts';

/** Records an outcome that needs no card, as a visit of its own. */
export async function recordOutcome(
  { people, journal, now }: DeskContext,
  outcome: PaperOutcome,
  facts: DeskFacts,
): Promise<PastOutcome | Refusal> {
  const visitId = uuidV7(now().getTime());
  const recorded = await journal.record(visitId, outcome, facts);
  if (typeof recorded === 'string') return refuseFault(recorded);
  const kept = people.visit(visitId);
  if (!kept) return refuse('unknown');
  return {
    visitId,
    at: kept.at,
    outcome: kept.outcome,
    reason: reasonWords(kept.reason),
    nextStep: kept.nextStep,
    receipt: kept.receipt,
    isElsewhere: false,
  };
}
