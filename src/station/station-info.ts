import type { StationInfo } from '../contract/up.ts';
import type { Journal } from '../journal/port.ts';
import type { Clock } from '../shared/clock.ts';
import type { PartBoard } from './parts.ts';
import { VERSION } from './version.ts';

/** What the retained info message tells the server about the station itself. */
export function stationInfo(
  board: PartBoard,
  clock: Clock,
  journal: Journal,
  certificateEndsAt: string | null,
): StationInfo {
  const { pending, unsettled, oldestPendingAt } = journal.counts();
  return {
    version: VERSION,
    at: clock.now().toISOString(),
    clock: { state: clock.state },
    certificateEndsAt,
    outbox: { pending, unsettled, oldestPendingAt },
    parts: board
      .list()
      .map(({ part, state, since, name, fault }) => ({ part, state, since, name, fault: fault?.code ?? null })),
  };
}
