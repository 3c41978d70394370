/** What a spreadsheet would take for a formula, full-width signs included. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel shows Thai as noise. A text that a spreadsheet would
 * run as a formula gets an apostrophe before it; numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const text = rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  return Buffer.from(`\uFEFF${text}`, 'utf8');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
