import { StationFault } from '../shared/fault.ts';

/** One line of a pairs file: two paths, as written. */
export interface Pair {
  readonly reference: string;
  readonly probe: string;
}

export const SCORE_HEADER = 'reference,probe,score,referenceAcquired,probeAcquired,probeAttackScore';

/**
 * Reads one line of `reference,probe`. Quotes (RFC 4180) hold paths with commas.
 * @returns `undefined` for an empty line and for a first line that is the header
 * @throws StationFault `USAGE` naming file and line
 */
export function parsePair(line: string, lineNumber: number, file: string): Pair | undefined {
  const text = lineNumber === 1 ? line.replace(/^\uFEFF/, '') : line;
  if (text.trim() === '') return undefined;
  const fields = splitFields(text);
  const [reference, probe] = fields ?? [];
  if (fields?.length !== 2 || !reference || !probe) {
    const found = fields === undefined ? 'a quote that is not closed' : `${fields.length} field(s)`;
    throw new StationFault('USAGE', file, `${file} line ${lineNumber}: expected "reference,probe", found ${found}`);
  }
  if (lineNumber === 1 && reference === 'reference' && probe === 'probe') return undefined;
  return { reference, probe };
}

/** One field of CSV, quoted where it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Fields of one line of CSV (RFC 4180, no line breaks inside), or `undefined` when a quote stays open. */
export function splitFields(line: string): readonly string[] | undefined {
  const fields: string[] = [];
  let rest = line.trim();
  for (;;) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest);
    if (quoted === null && rest.trimStart().startsWith('"')) return undefined;
    const end = quoted === null ? rest.indexOf(',') : quoted[0].endsWith(',') ? quoted[0].length - 1 : -1;
    const raw = end < 0 ? rest : rest.slice(0, end);
    fields.push(quoted === null ? raw.trim() : (quoted[1] as string).replaceAll('""', '"'));
    if (end < 0) return fields;
    rest = rest.slice(end + 1);
  }
}
