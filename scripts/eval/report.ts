import type { FaceThresholds } from '../../src/face/port.ts';
import type { Baseline } from './baseline.ts';
import { GROUP_RULE, type Results } from './evaluate.ts';
import type { Estimate, Estimates } from './figures.ts';
import { CAPTURE_FRAMES } from './protocols.ts';
import { CAPTURE_SPREAD } from './variants.ts';
import type { Verification } from './verification.ts';

/** What is said about a run besides its figures. */
export interface RunFacts {
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  readonly models: readonly string[];
  readonly pipeline: string;
  readonly thresholds: FaceThresholds;
  readonly rounds: number;
  readonly data: {
    readonly people: number;
    readonly pictures: number;
    readonly halves: readonly [people1: number, people2: number];
    readonly groupPeople: number;
    readonly groupPictures: number;
    readonly groupHalves: readonly [people1: number, people2: number];
  };
}

const PLOTS = 'accuracy';

/** The generated part of `docs/accuracy.md`. */
export function writeReport(facts: RunFacts, results: Results, baseline: Baseline | undefined): string {
  const chip = results.protocols['chip'] as Verification;
  const sections = [
    introduction(facts),
    goals(results, baseline),
    `## Chip protocol: a chip photo against one frame\n\n${counts(chip)}\n\n${mainTable(chip)}\n\n![Detection error trade-off](${PLOTS}/det.svg)\n\n![Scores](${PLOTS}/scores.svg)`,
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
- Data: ${data.pictures.toLocaleString('en')} pictures of ${data.people.toLocaleString('en')} people (part of Labeled Faces in the Wild, deep-funneled). News photography, mostly Western men,
  little ageing: it flatters every model. The group: ${data.groupPictures} pictures of ${data.groupPeople} people from East or South-East Asia.
- **Split**: a person is in half 1 or 2 by the lowest bit of the first byte of SHA-256 over the name (${data.halves.join(' and ')} people; of the group ${data.groupHalves.join(' and ')}). Thresholds are fitted on half 1; what they
  give is reported on half 2. "All" fits and reports on everybody, for information.
- **Chip photo**: cut to 297:355 around the middle, 297×355, JPEG 4:2:0 of the best quality within 5,100 bytes, made into a reference; the probe is another picture of the person as it is. Impostors are all
  references against all probes of other people.
- **Words** (ISO/IEC 19795-1): FMR, false match rate, over comparisons that could be made; TAR = 1 − FNMR, where a comparison that could not be made because a side was not acquired (FTA) counts as a false non-match
  at every threshold (a generalised rate, GFRR). A score is accepted when it is at or above the threshold; thresholds lie on a grid of 0.0001.
- In brackets: 95 % bootstrap interval over people (${rounds.toLocaleString('en')} rounds; a round draws the people of both halves again and fits the thresholds again).`;
}

function counts({ counts: c }: Verification): string {
  const number = (value: number) => value.toLocaleString('en');
  return `${number(c.genuine)} genuine and ${number(c.impostors)} impostor comparisons. References not acquired: ${c.referencesNotAcquired} of ${number(c.references)}; probes not acquired: ${c.probesNotAcquired} of ${number(c.probes)}; genuine comparisons lost by that: ${c.genuineNotMade}.`;
}

const RULES: readonly (readonly [name: string, label: string])[] = [
  ['1e-2', 'FMR 1e-2'],
  ['1e-3', 'FMR 1e-3'],
  ['1e-4', 'FMR 1e-4'],
  ['1e-5', 'FMR 1e-5'],
  [GROUP_RULE, "FMR 1e-3 within the group (the worst group's)"],
  ['match', 'shipped: match'],
  ['review', 'shipped: review'],
];
const CHIP_RULES: readonly (readonly [name: string, label: string])[] = [
  ['chip 1e-3', "one frame's for FMR 1e-3"],
  ['chip 1e-4', "one frame's for FMR 1e-4"],
  [`chip ${GROUP_RULE}`, "one frame's for the group"],
];

function mainTable({ split, whole }: Verification): string {
  const rows = [...RULES, ...CHIP_RULES]
    .filter(([name]) => split[`${name}.threshold`] !== undefined)
    .map(([name, label]) => [
      label,
      score(split[`${name}.threshold`]),
      percent(split[`${name}.everyone.tar`]),
      rate(split[`${name}.everyone.fmr`]),
      score(whole[`${name}.threshold`]),
      percent(whole[`${name}.everyone.tar`]),
    ]);
  return `${table(['threshold', 'from half 1', 'TAR %, half 2', 'FMR, half 2', 'from all', 'TAR %, all'], rows)}

EER, half 2: ${percent(split['eer'])} %; all: ${percent(whole['eer'])} %. Accuracy on as many genuine as impostor pairs: half 2, threshold of half 1, ${percent(split['accuracy'])} %; all ${percent(whole['accuracy'])} %.`;
}

function groups({ split, whole }: Verification, { data }: RunFacts): string {
  const names: readonly (readonly [scope: string, label: string])[] = [
    ['everyone', 'everyone'],
    ['group', 'within the group: East or South-East Asia'],
    ['cross', 'one of the group, one of the others'],
    ['others', 'within the others'],
    ['dark', 'fifth of the people with the darkest faces in the pictures'],
    ['light', 'fifth with the lightest'],
    ['short', 'fifth with the shortest templates'],
  ];
  const present = names.filter(([scope]) => whole[`1e-3.${scope}.fmr`] !== undefined);
  const rules = ['1e-2', '1e-3', '1e-4', 'match'] as const;
  const rows = (part: Estimates) =>
    present.map(([scope, label]) => [
      label,
      ...rules.map((name) => rate(part[`${name}.${scope}.fmr`])),
      percent(part[`match.${scope}.tar`]),
    ]);
  const header = ['FMR, both people …', 'at 1e-2 of everyone', '1e-3', '1e-4', 'shipped match', 'TAR % at match'];
  const own = GROUP_RULE;
  const ownLine =
    split[`${own}.threshold`] === undefined
      ? 'No group is listed in this collection.'
      : `The group's own threshold for FMR 1e-3: from half 1 ${score(split[`${own}.threshold`])} (${data.groupHalves[0]} people only), from all ${score(whole[`${own}.threshold`])}. At that of all, TAR over everyone is ${percent(whole[`${own}.everyone.tar`])} % and within the group ${percent(whole[`${own}.group.tar`])} %; half 2 at that of half 1: ${percent(split[`${own}.everyone.tar`])} % and ${percent(split[`${own}.group.tar`])} %.`;
  return `## Groups

Half 2, thresholds of half 1:

${table(header, rows(split))}

All, thresholds of all:

${table(header, rows(whole))}

${ownLine}

The collection lists nothing else about people (no age, no sex, no other origin), so no other group of people can be named. Light and dark are what the picture shows, exposure and skin together,
and tell nothing certain about either.`;
}

function originals({ protocols }: Results): string {
  const one = protocols['originals'];
  return one === undefined ? '' : `## Originals against originals\n\n${counts(one)}\n\n${mainTable(one)}`;
}

function severalFrames({ protocols }: Results): string {
  const section = (name: string, title: string) => {
    const one = protocols[name];
    return one === undefined ? [] : [`### ${title}\n\n${counts(one)}\n\n${mainTable(one)}`];
  };
  const { degrees, scale, shift, gain, noise, jpegQuality } = CAPTURE_SPREAD;
  const parts = [
    ...section('capture 1', 'First frame of a simulated capture alone'),
    ...section('capture 3', `Simulated capture: mean template of ${CAPTURE_FRAMES} frames`),
    ...section('pictures 1', 'People with at least four pictures: one picture'),
    ...section('pictures 2', 'The same people: mean template of two pictures'),
    ...section('pictures 3', 'The same people: mean template of three pictures'),
    ...section('attempts 3', 'The same people: three attempts of one picture, the best counts'),
  ];
  if (parts.length === 0) return '';
  return `## Several frames

The reference is always a chip photo. A **simulated capture** makes ${CAPTURE_FRAMES} frames of one picture by small motion (turn ≤ ${degrees}°, scale ≤ ${percentOf(scale)}, shift ≤ ${percentOf(shift)} of the side), light (gain ≤ ${percentOf(gain)}) and
sensor noise (standard deviation ${noise} grey levels, then JPEG ${jpegQuality}, as cameras deliver it), seeded by the picture: closer to one visit, but all frames share pose and expression. **Pictures** are different photographs of one person, years and rooms apart:
more than a visit can give. Each table has thresholds fitted to its own impostor comparisons, and the thresholds of one frame applied to it: where a fixed threshold meets fused templates, the FMR column tells what that costs.

${parts.join('\n\n')}`;
}

function roll({ roll: measured }: Results): string {
  if (measured === undefined) return '';
  const rows = measured.figures.map(({ degrees, acquired, rollError, at }) => {
    const [strict, wide] = [at['match'], at['1e-3']];
    return [
      `${degrees}°`,
      plainPercent(acquired),
      plainPercent(strict?.tar),
      points(strict?.change),
      plainPercent(wide?.tar),
      points(wide?.change),
      wide === undefined ? '–' : plainRate(wide.fmr),
      rollError.toFixed(1),
    ];
  });
  const header = [
    'roll',
    'acquired %',
    'TAR % at match',
    'change, points',
    'TAR % at FMR 1e-3',
    'change, points',
    'FMR there',
    'roll error, °',
  ];
  return `## Turned faces

${measured.pairs} people of half 2 (of half 1, when there are not enough), one pair each, the probe turned clockwise within the picture (bicubic, edges repeated), the chip photo upright. Thresholds: the shipped one, and that for FMR 1e-3 of half 1.
Change: against upright, the same pairs, with its interval. FMR: the turned probes against all other people of half 2. Roll error: median distance of the roll that the pipeline tells from the true one.

${table(header, rows)}

![TAR by roll](${PLOTS}/roll.svg)`;
}

function quality({ quality: measured }: Results): string {
  if (measured === undefined) return '';
  const fifth = ['shortest', 'second', 'third', 'fourth', 'longest'];
  const rows = measured.fifths.map(({ upTo, fnmr }, i) => [
    `${fifth[i]} fifth`,
    upTo.toFixed(2),
    plainPercent(fnmr['match']),
    plainPercent(fnmr['1e-3']),
  ]);
  const at = (share: number) => measured.curve.find(({ discarded }) => Math.abs(discarded - share) < 1e-6);
  const rest = [0, 0.1, 0.2, 0.4].map((share) => [
    `${share * 100} %`,
    plainPercent(at(share)?.fnmr['match']),
    plainPercent(at(share)?.fnmr['1e-3']),
  ]);
  return `## Quality: the length of the raw template

The shorter of the pair's two raw templates (before they are brought to length 1) as the quality of a comparison; half 2, chip protocol (error-versus-discard, ISO/IEC 29794-1).

${table(['comparisons', 'lengths up to', 'FNMR %, shipped match', 'FNMR %, FMR 1e-3'], rows)}

${table(['discarded, shortest first', 'FNMR % of the rest, shipped match', 'FMR 1e-3'], rest)}

![Error versus discard](${PLOTS}/discard.svg)`;
}

function attack({ attack: { oneFrame, capture } }: Results, { thresholds }: RunFacts): string {
  const three =
    capture === undefined
      ? ''
      : `; with the ${CAPTURE_FRAMES} frames of a simulated capture together: ${percent(capture)} %`;
  return `## Attack signal on bona fide pictures

At the shipped threshold (${thresholds.attack}) the attack signal refuses, by one frame, ${percent(oneFrame)} % of these pictures${three} (BPCER, ISO/IEC 30107-3). They are news photographs, not captures of a station's camera.`;
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
    ['three pictures, FMR 1e-3', 'pictures 3', '1e-3', '99.7'],
    ['three pictures, FMR 1e-4', 'pictures 3', '1e-4', '99.0'],
    ["three pictures, one frame's group threshold", 'pictures 3', `chip ${GROUP_RULE}`, '99'],
  ];
  const rows = wanted.map(([label, protocol, rule, goal]) => {
    const figure = `${rule}.everyone.tar`;
    const then = baseline?.figures[protocol]?.[figure];
    return [label, `≥ ${goal}`, percent(then), percent(protocols[protocol]?.split[figure])];
  });
  const from =
    baseline === undefined
      ? 'No baseline is kept.'
      : `Baseline: the pipeline \`${baseline.pipeline}\` of ${baseline.date} with ${baseline.models.map((model) => `\`${model}\``).join(', ')}, on the same halves.`;
  return `## Baseline, goals, now

TAR % on half 2 at thresholds of half 1. ${from}

${table(['chip photo against …', 'goal', 'baseline', 'now'], rows)}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function withInterval(estimate: Estimate | undefined, show: (value: number) => string): string {
  if (estimate === undefined || !Number.isFinite(estimate.value)) return '–';
  const { value, low, high } = estimate;
  return low === high ? show(value) : `${show(value)} (${show(low)}–${show(high)})`;
}
const percent = (estimate: Estimate | undefined) => withInterval(estimate, (value) => (100 * value).toFixed(2));
const score = (estimate: Estimate | undefined) => withInterval(estimate, (value) => value.toFixed(3));
const rate = (estimate: Estimate | undefined) => withInterval(estimate, plainRate);
const points = (estimate: Estimate | undefined) => withInterval(estimate, (value) => (100 * value).toFixed(1));
const plainPercent = (value: number | undefined) => (value === undefined ? '–' : (100 * value).toFixed(2));
const percentOf = (value: number) => `${Math.round(100 * value)} %`;
const plainRate = (value: number) => (value === 0 ? '0' : value.toExponential(1));
