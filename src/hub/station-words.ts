import type { Judged } from './judge.ts';
import type { Sql } from './port.ts';

/** Keeps what stations say of themselves: the last status, info and health of each, and every answer to a command. */
export async function keepWords(sql: Sql, batch: readonly Judged[], at: string): Promise<void> {
  const words = new Map<string, object>();
  const results = new Map<string, object>();
  for (const judged of batch) {
    if (judged.kind === 'word') {
      const { station, channel, doc } = judged;
      words.set(`${station} ${channel}`, { station, channel, doc });
    } else if (judged.kind === 'result') {
      const { id, cmdSeq, result, code } = judged.result;
      const key = `${judged.station} ${id.toLowerCase()}`;
      if (!results.has(key))
        results.set(key, { station: judged.station, id, cmd_seq: cmdSeq, result, code, doc: judged.doc });
    }
  }
  if (words.size > 0)
    await sql.query(
      `INSERT INTO station_word AS known (station, channel, doc, at)
       SELECT station, channel, doc::jsonb, $2::timestamptz
       FROM json_to_recordset($1::json) AS row (station text, channel text, doc text) ORDER BY station, channel
       ON CONFLICT (station, channel) DO UPDATE SET doc = excluded.doc, at = excluded.at`,
      [JSON.stringify([...words.values()]), at],
    );
  if (results.size > 0)
    await sql.query(
      `INSERT INTO command_result (station, id, cmd_seq, result, code, doc, at)
       SELECT station, id, cmd_seq, result, code, doc::jsonb, $2::timestamptz
       FROM json_to_recordset($1::json) AS row (station text, id uuid, cmd_seq bigint, result text, code text, doc text)
       ON CONFLICT (station, id) DO NOTHING`,
      [JSON.stringify([...results.values()]), at],
    );
}
