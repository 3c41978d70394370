import type { DeadLetter } from './judge.ts';
import type { Sql } from './port.ts';

/** Rubbish that is kept a day for each station (and for all who are none) and reason; the rest is counted. */
const KEPT_A_DAY = 1_000;
/** Of a letter's body, bytes. */
const BODY_BYTES = 64 * 1024;
/** Under which invented stations are counted. No station is called so. */
const NOBODY = '-';

interface Row {
  readonly letter: DeadLetter;
  times: number;
}

/**
 * Keeps what could not be read, each message once. What a station's key vouches for is always kept; of anybody's rubbish only
 * so much a day, so that a flood fills no disk.
 */
export async function keepDeadLetters(sql: Sql, letters: readonly DeadLetter[], at: string): Promise<void> {
  const rows = new Map<string, Row>();
  for (const letter of letters) {
    const row = rows.get(letter.hash) ?? { letter, times: 0 };
    row.times++;
    rows.set(letter.hash, row);
  }
  const day = at.slice(0, 10);
  const again = await countAgain(sql, rows, at);
  const fresh = [...rows.values()].filter(({ letter }) => !again.has(letter.hash));
  const kept = [];
  for (const [key, group] of groupedBy(fresh)) {
    const [station = NOBODY, code = ''] = key.split(' ');
    const vouched = group.filter(({ letter }) => letter.place !== null);
    const others = group.filter(({ letter }) => letter.place === null);
    const room = others.length > 0 ? KEPT_A_DAY - (await keptSoFar(sql, day, station, code)) : 0;
    const taken = others.slice(0, Math.max(0, room));
    kept.push(...vouched, ...taken);
    await sql.query(
      `INSERT INTO dead_letter_count AS known (day, station, code, kept, thrown_away) VALUES ($1::date, $2, $3, $4, $5)
       ON CONFLICT (day, station, code) DO UPDATE SET kept = known.kept + excluded.kept, thrown_away = known.thrown_away + excluded.thrown_away`,
      [day, station, code, taken.length, others.length - taken.length],
    );
  }
  if (kept.length > 0) await insert(sql, kept, day, at);
}

/** Counts letters that are there. @returns their hashes */
async function countAgain(sql: Sql, rows: ReadonlyMap<string, Row>, at: string): Promise<ReadonlySet<string>> {
  const found = await sql.query<{ hash: string }>(
    `UPDATE dead_letter d SET times = d.times + r.times, last_at = $2::timestamptz
     FROM json_to_recordset($1::json) AS r (hash text, times bigint) WHERE d.hash = r.hash RETURNING d.hash`,
    [JSON.stringify([...rows].map(([hash, { times }]) => ({ hash, times }))), at],
  );
  return new Set(found.map(({ hash }) => hash));
}

async function keptSoFar(sql: Sql, day: string, station: string, code: string): Promise<number> {
  const [row] = await sql.query<{ kept: string | number }>(
    'SELECT kept FROM dead_letter_count WHERE day = $1::date AND station = $2 AND code = $3',
    [day, station, code],
  );
  return Number(row?.kept ?? 0);
}

async function insert(sql: Sql, rows: readonly Row[], day: string, at: string): Promise<void> {
  const written = rows.map(({ letter: { received, hash, station, place, why }, times }) => ({
    hash,
    // A topic of the broker's may hold what PostgreSQL does not.
    topic: received.topic.slice(0, 200).replaceAll('\0', '').toWellFormed(),
    station,
    epoch: place?.epoch ?? null,
    seq: place?.seq ?? null,
    code: why.code,
    detail: why.detail.slice(0, 500),
    size_bytes: received.payload.length,
    body: Buffer.from(received.payload.subarray(0, BODY_BYTES)).toString('base64'),
    times,
  }));
  await sql.query(
    `INSERT INTO dead_letter (hash, topic, station, epoch, seq, code, detail, size_bytes, body, times, day, first_at, last_at)
     SELECT hash, topic, station, epoch, seq, code, detail, size_bytes, decode(body, 'base64'), times, $2::date, $3::timestamptz, $3::timestamptz
     FROM json_to_recordset($1::json) AS row (hash text, topic text, station text, epoch text, seq bigint, code text, detail text,
       size_bytes bigint, body text, times bigint)
     ON CONFLICT (hash) DO NOTHING`,
    [JSON.stringify(written), day, at],
  );
}

function groupedBy(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, ({ letter }) => `${letter.station ?? NOBODY} ${letter.why.code}`);
}
