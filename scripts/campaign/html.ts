import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Bar, Block, Curve, Doc } from '../../src/paper/blocks.ts';
import { ticksUpTo } from '../../src/paper/set-chart.ts';
import type { Words } from '../../src/visit/reasons.ts';
import { COLOURS } from '../eval/svg-plot.ts';

/** A document as one page of HTML: its charts are drawings in it, nothing is fetched, nothing runs; it prints as it is. */
export function htmlOf(doc: Doc): string {
  return `<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(doc.title)}</title>
<style>${letters()}${STYLE}</style>
</head>
<body>
<main>
${doc.blocks.map(blockOf).join('\n')}
</main>
${doc.foot === null ? '' : `<footer>${escaped(doc.foot)}</footer>`}
</body>
</html>
`;
}

/** The letters come along: Thai marks stack wrongly in many systems' own. */
function letters(): string {
  const folder = createRequire(import.meta.url).resolve('@fontsource/noto-sans-thai-looped/package.json');
  return [400, 700]
    .flatMap((weight) => [
      { weight, part: 'thai', range: 'U+0E01-0E5B, U+200C-200D, U+25CC' },
      { weight, part: 'latin', range: 'U+0000-00FF, U+2000-206F, U+2212' },
    ])
    .map(({ weight, part, range }) => {
      const file = folder.replace('package.json', `files/noto-sans-thai-looped-${part}-${weight}-normal.woff2`);
      const data = readFileSync(file).toString('base64');
      return `@font-face { font-family: Letters; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format("woff2"); unicode-range: ${range}; }`;
    })
    .join('\n');
}

const STYLE = `
:root { color-scheme: light; --ink: #0b1f33; --soft: #4a5b6c; --line: #c9d3dc; --paper: #fff; --blue: ${COLOURS[0]}; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef2f5; color: var(--ink); line-height: 1.55;
  font-family: Letters, "Noto Sans Thai Looped", "Noto Sans Thai", "Leelawadee UI", Thonburi, "Noto Sans", system-ui, sans-serif; }
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3.5rem); background: var(--paper); }
footer { max-width: 58rem; margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 3.5rem) 2rem; color: var(--soft); font-size: .85rem; }
h1 { font-size: 1.9rem; line-height: 1.35; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem; padding-top: .8rem; border-top: 2px solid var(--ink); }
[lang=en] { display: block; color: var(--soft); font-weight: 400; font-size: .8em; }
p { margin: .5rem 0 1rem; }
p.large { font-size: 1.15rem; font-weight: 700; }
p.small { font-size: .85rem; color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(11rem, 2fr) 3fr; gap: .25rem 1.2rem; margin: .5rem 0 1.2rem; }
dt { line-height: 1.35; } dd { margin: 0; font-weight: 700; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; margin: .4rem 0 1.4rem; font-size: .93rem; font-variant-numeric: tabular-nums; }
th, td { padding: .32rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid var(--ink); line-height: 1.3; } thead { display: table-header-group; }
.right { text-align: right; } .centre { text-align: center; }
tr { break-inside: avoid; }
figure { margin: 1rem 0 1.6rem; break-inside: avoid; } figcaption { font-weight: 700; margin-bottom: .4rem; }
svg { display: block; width: 100%; height: auto; } svg text { font-family: inherit; fill: var(--ink); }
.beside { display: grid; gap: 2rem; grid-template-columns: var(--columns); }
hr { border: 0; border-top: 1px solid var(--line); margin: 1rem 0; }
@media (max-width: 36rem) { dl, .beside { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print { body, main { background: none; } main, footer { max-width: none; padding: 0; } h2 { break-after: avoid; } .page { break-before: page; } @page { margin: 14mm; } }
`;

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${both(block.words)}</h${block.level}>`;
    case 'words':
      return `<p${block.isLarge ? ' class="large"' : ''}>${both(block.words)}</p>`;
    case 'text':
      return `<p class="${block.style} ${block.align}">${escaped(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.rows.map(({ label, value }) => `<dt>${both(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
    case 'table': {
      const head = block.columns
        .map(({ head, align }) => `<th scope="col" class="${align}">${both(head)}</th>`)
        .join('');
      const cell = (text: string, i: number) =>
        `<td class="${block.columns[i]?.align ?? 'left'}">${escaped(text)}</td>`;
      const rows = block.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
      const all = block.columns.reduce((sum, { share }) => sum + share, 0);
      const widths = block.columns.map(({ share }) => `<col style="width:${short((100 * share) / all)}%">`).join('');
      return `<table><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>\n${rows}\n</tbody></table>`;
    }
    case 'bars':
      return figure(block.title, barsOf(block.title, block.bars));
    case 'curves':
      return figure(block.title, curvesOf(block.title, block.labels, block.curves));
    case 'beside': {
      const [left, right] = [block.left, block.right].map((stack) => `<div>${stack.map(blockOf).join('\n')}</div>`);
      return `<div class="beside" style="--columns: ${1 - block.share}fr ${block.share}fr">${left}${right}</div>`;
    }
    case 'rule':
      return '<hr>';
    case 'space':
      return '';
    case 'page-break':
      return '<div class="page"></div>';
    default:
      throw new RangeError(`a report has no ${block.kind}`);
  }
}

const figure = (title: Words, drawing: string) => `<figure><figcaption>${both(title)}</figcaption>${drawing}</figure>`;
const both = ({ th, en }: Words) => `${escaped(th)}${en === '' ? '' : `<span lang="en">${escaped(en)}</span>`}`;

const WIDTH = 760;
const ROW = 42;
const LABEL = 290;

function barsOf(title: Words, bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const height = bars.length * ROW + 4;
  const rows = bars.map(({ label, value }, i) => {
    const long = ((WIDTH - LABEL - 60) * Math.max(0, value)) / most;
    const y = i * ROW;
    const [th = '', en] = label.split(' · ');
    const words = [
      `<text x="${LABEL - 12}" y="${y + (en ? 17 : 25)}" text-anchor="end" font-size="15">${escaped(th)}</text>`,
      en && `<text x="${LABEL - 12}" y="${y + 33}" text-anchor="end" font-size="12">${escaped(en)}</text>`,
    ].join('');
    return `${words}<rect x="${LABEL}" y="${y + 8}" width="${short(Math.max(long, 1))}" height="24" rx="2" fill="${COLOURS[0]}"/><text x="${short(LABEL + long + 8)}" y="${y + 26}" font-size="15" font-weight="700">${value}</text>`;
  });
  return svg(title, height, rows.join(''));
}

const PLOT = { left: 52, top: 14, width: WIDTH - 52 - 190, height: 260 };
/** Told apart without colours too. */
const DASHES = ['', '9 5', '2 5', '12 4 2 4'] as const;

function curvesOf(title: Words, labels: readonly string[], curves: readonly Curve[]): string {
  const ticks = ticksUpTo(Math.max(1, ...curves.flatMap(({ values }) => values)));
  const top = ticks.at(-1) ?? 1;
  const x = (i: number) => PLOT.left + 14 + ((PLOT.width - 28) * i) / Math.max(1, labels.length - 1);
  const y = (value: number) => PLOT.top + PLOT.height * (1 - value / top);
  const grid = ticks.map((tick) => {
    const at = y(tick);
    return `<line x1="${PLOT.left}" x2="${PLOT.left + PLOT.width}" y1="${short(at)}" y2="${short(at)}" stroke="#c9d3dc"/><text x="${PLOT.left - 8}" y="${short(at + 5)}" text-anchor="end" font-size="13">${tick}</text>`;
  });
  const under = labels.map(
    (label, i) =>
      `<text x="${short(x(i))}" y="${PLOT.top + PLOT.height + 24}" text-anchor="middle" font-size="13">${escaped(label)}</text>`,
  );
  const ends = apart(curves.map(({ values }) => y(values.at(-1) ?? 0)));
  const lines = curves.map(({ name, values }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '';
    const points = values.map((value, at) => `${short(x(at))},${short(y(value))}`);
    const dots = points.map(
      (point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="4" fill="${colour}"/>`,
    );
    const at = ends[i] ?? 0;
    const words = [name.th, name.en].map(
      (text, row) =>
        `<text x="${PLOT.left + PLOT.width + 12}" y="${short(at + row * 15)}" font-size="${row === 0 ? 14 : 12}" fill="${colour}" style="fill:${colour}">${escaped(text)}</text>`,
    );
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${DASHES[i % DASHES.length]}"/>${dots.join('')}${words.join('')}`;
  });
  return svg(title, PLOT.top + PLOT.height + 40, [...grid, ...under, ...lines].join(''));
}

/** Places of names at the curves' ends, moved until none lies on another. */
function apart(wanted: readonly number[]): readonly number[] {
  const LEAST = 36;
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let last = Number.NEGATIVE_INFINITY;
  const places: number[] = [];
  for (const { at, i } of order) {
    last = Math.max(at, last + LEAST);
    places[i] = last;
  }
  // What was pushed off the bottom pushes back.
  const over = Math.max(0, last - (PLOT.top + PLOT.height));
  return places.map((at) => at - over);
}

function svg(title: Words, height: number, inner: string): string {
  const name = escaped(`${title.th} · ${title.en}`);
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${name}"><title>${name}</title>${inner}</svg>`;
}

const short = (value: number) => String(Math.round(value * 10) / 10);
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
