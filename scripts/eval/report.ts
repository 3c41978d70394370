import type { Baseline } from './baseline.ts';
import { GROUP_RULE, type Results } from './evaluate.ts';
import { PLOTS, type RunFacts } from './facts.ts';
import { percent, table } from './markdown.ts';
import { counts, groups, mainTable, originals, severalFrames, suspects } from './report-comparisons.ts';
import { attack, quality, roll } from './report-signals.ts';
import type { Verification } from './verification.ts';

/** The generated part of `docs/accuracy.md`. */
export function writeReport(facts: RunFacts, results: Results, baseline: Baseline | undefined): string {
  const chip = results.protocols['chip'] as Verification;
  const sections = [
    introduction(facts),
    goals(results, baseline),
    `## Chip protocol: a chip photo against one frame\n\n${counts(chip)} ${suspects(chip)}\n\n${mainTable(chip)}\n\n![Detection error trade-off](${PLOTS}/det.svg)\n\n![Scores](${PLOTS}/scores.svg)`,
    groups(chip, facts),
    originals(results),
    severalFrames(results),
    roll(results),
    quality(results),
    attack(results, facts),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function introduction({ date, command, machine, models, pipeline, thresholds, rounds, data }: RunFacts): string {
  return `Written by \`${command}\` on ${date}; everything between the two marks is written anew by the next run.

- Machine: ${machine}.
- Models: ${models.map((model) => `\`${model}\``).join(', ')}; pipeline \`${pipeline}\`; shipped thresholds: match ${thresholds.match}, review ${thresholds.review}.
- Data: ${data.pictures.toLocaleString('en')} pictures of ${data.people.toLocaleString('en')} people. ${data.about}
  The group: ${data.groupPictures} pictures of ${data.groupPeople} people from East or South-East Asia.
- **Split**: a person is in half 1 or 2 by the lowest bit of the first byte of SHA-256 over the name (${data.halves.join(' and ')} people; of the group ${data.groupHalves.join(' and ')}). Thresholds are fitted on half 1; what they
  give is reported on half 2. "All" fits and reports on everybody, for information.
- **Chip photo**: cut to 297:355 around the middle, 297×355, JPEG 4:2:0 of the best quality within 5,100 bytes, made into a reference; the probe is another picture of the person as it is. Impostors are all
  references against all probes of other people.
- **Words** (ISO/IEC 19795-1): FMR, false match rate, over comparisons that could be made; TAR = 1 − FNMR, where a comparison that could not be made because a side was not acquired (FTA) counts as a false non-match
  at every threshold (a generalised rate, GFRR). A score is accepted when it is at or above the threshold; thresholds lie on a grid of 0.0001.
- In brackets: 95 % bootstrap interval over people (${rounds.toLocaleString('en')} rounds; a round draws the people of both halves again and fits the thresholds again).`;
}

function goals({ protocols }: Results, baseline: Baseline | undefined): string {
  const wanted: readonly (readonly [label: string, protocol: string, rule: string, goal: string])[] = [
    ['one frame, FMR 1e-3', 'chip', '1e-3', '98.9'],
    ['one frame, FMR 1e-4', 'chip', '1e-4', '97.2'],
    ["one frame, the group's threshold", 'chip', GROUP_RULE, '97'],
    ['one frame, shipped match', 'chip', 'match', '97'],
    ['three frames of a capture, FMR 1e-3', 'capture 3', '1e-3', '99.7'],
    ['three frames of a capture, FMR 1e-4', 'capture 3', '1e-4', '99.0'],
    ["three frames of a capture, one frame's group threshold", 'capture 3', `chip ${GROUP_RULE}`, '99'],
    ['three frames of a capture, shipped match', 'capture 3', 'match', '99'],
    ['three pictures, FMR 1e-3', 'pictures 3', '1e-3', '99.7'],
    ['three pictures, FMR 1e-4', 'pictures 3', '1e-4', '99.0'],
    ["three pictures, one frame's group threshold", 'pictures 3', `chip ${GROUP_RULE}`, '99'],
    ['three pictures, shipped match', 'pictures 3', 'match', '99'],
  ];
  const rows = wanted.map(([label, protocol, rule, goal]) => {
    const figure = `${rule}.everyone.tar`;
    const [then, now] = [baseline?.figures[protocol], protocols[protocol]];
    const cells = (['split', 'whole'] as const).flatMap((part) => [then?.[part][figure], now?.[part][figure]]);
    return [label, `≥ ${goal}`, ...cells.map(percent)];
  });
  const header = ['chip photo against …', 'goal', 'half 2, baseline', 'half 2, now', 'all, baseline', 'all, now'];
  const from =
    baseline === undefined
      ? 'No baseline is kept.'
      : `Baseline: the pipeline \`${baseline.pipeline}\` of ${baseline.date} with ${baseline.models.map((model) => `\`${model}\``).join(', ')}, on the same halves.`;
  return `## Baseline, goals, now

TAR %. ${from} The group's threshold from one half hangs on a few pairs of a few people: see its interval below; the shipped one was set by the group too.

${table(header, rows)}`;
}
