import type { z } from 'zod';
import { EVENTS } from '../contract/events.ts';
import type { HubDatabase } from './port.ts';

/** A record that the vault has opened, and where it stands in its station's chain. */
export interface OpenedRecord {
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  /** Of the event. */
  readonly id: string;
  readonly type: string;
  /** When the station says that it was. */
  readonly at: string;
  readonly doc: unknown;
}

/** What field work says of people, by a short name. */
const TOLD = {
  visit: 'th.thuengban.visit.completed.v1',
  attempt: 'th.thuengban.visit.attempted.v1',
  needs: 'th.thuengban.referral.detailed.v1',
  closing: 'th.thuengban.referral.closed.v1',
  revocation: 'th.thuengban.representation.revoked.v1',
  withdrawal: 'th.thuengban.consent.withdrawn.v1',
  walkIn: 'th.thuengban.roster.walk-in-added.v1',
} as const satisfies Readonly<Record<string, keyof typeof EVENTS>>;
type Name = keyof typeof TOLD;

/** One record, read. */
export interface Said<One extends Name> extends Omit<OpenedRecord, 'doc' | 'type'> {
  readonly data: z.infer<(typeof EVENTS)[(typeof TOLD)[One]]['data']>;
}
export type SaidRecords = { readonly [One in Name]: readonly Said<One>[] };

/**
 * Everything that the vault holds and that may say something of a campaign's people, oldest first. Of visits and captures only those
 * of the campaign; the other events do not always name one.
 * @throws DatabaseAway
 */
export function readProgress(database: HubDatabase, campaign: string): Promise<readonly OpenedRecord[]> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<{ station: string; epoch: string; seq: string | number; id: string } & RestOfRow>(
      `SELECT station, epoch, seq, id, type, said_at, doc FROM vault.record
       WHERE (type IN ($2, $3) AND doc->>'campaign' = $1)
          OR (type IN ($4, $5, $6, $7, $8) AND coalesce(doc->>'campaign', $1) = $1)
       ORDER BY said_at, station, epoch, seq`,
      [campaign, ...Object.values(TOLD)],
    );
    return rows.map(({ seq, said_at, ...row }) => ({ ...row, seq: Number(seq), at: said_at }));
  });
}
interface RestOfRow {
  readonly type: string;
  readonly said_at: string;
  readonly doc: unknown;
}

/** Sorts records by what they say; the same event in two epochs counts once, what this program cannot read not at all. */
export function sortRecords(records: readonly OpenedRecord[]): SaidRecords {
  const seen = new Set<string>();
  const fresh = records.filter(({ id }) => !seen.has(id) && seen.add(id));
  const of = <One extends Name>(name: One): readonly Said<One>[] =>
    fresh.flatMap(({ doc, type, ...place }) => {
      if (type !== TOLD[name]) return [];
      const read = EVENTS[TOLD[name]].data.safeParse(doc);
      return read.success ? [{ ...place, data: read.data as Said<One>['data'] }] : [];
    });
  return {
    visit: of('visit'),
    attempt: of('attempt'),
    needs: of('needs'),
    closing: of('closing'),
    revocation: of('revocation'),
    withdrawal: of('withdrawal'),
    walkIn: of('walkIn'),
  };
}
