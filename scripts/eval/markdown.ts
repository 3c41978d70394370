import type { Estimate } from './figures.ts';

/** A table of Markdown, its columns of one width each, as the formatter has them. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A value with its interval in brackets; `–` when it is not known. */
function withInterval(estimate: Estimate | undefined, show: (value: number) => string): string {
  if (estimate === undefined || !Number.isFinite(estimate.value)) return '–';
  const { value, low, high } = estimate;
  return low === high ? show(value) : `${show(value)} (${show(low)}${low < 0 ? ' to ' : '–'}${show(high)})`;
}
export const percent = (estimate: Estimate | undefined) => withInterval(estimate, (value) => (100 * value).toFixed(2));
export const score = (estimate: Estimate | undefined) => withInterval(estimate, (value) => value.toFixed(3));
export const rate = (estimate: Estimate | undefined) => withInterval(estimate, plainRate);
export const points = (estimate: Estimate | undefined) => withInterval(estimate, (value) => (100 * value).toFixed(1));
export const plainPercent = (value: number | undefined) => (value === undefined ? '–' : (100 * value).toFixed(2));
export const percentOf = (value: number) => `${Math.round(100 * value)} %`;
export const plainRate = (value: number) => (value === 0 ? '0' : value.toExponential(1));
