import { GROUP_RULE, type Results } from './evaluate.ts';
import type { RunFacts } from './facts.ts';
import type { Estimates } from './figures.ts';
import { percent, percentOf, rate, score, table } from './markdown.ts';
import { CAPTURE_FRAMES } from './protocols.ts';
import { binOf, scoreOf } from './rates.ts';
import { CAPTURE_SPREAD } from './variants.ts';
import type { Verification } from './verification.ts';

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

/** How many comparisons there were, and what was lost to failures to acquire. */
export function counts({ counts: c }: Verification): string {
  const number = (value: number) => value.toLocaleString('en');
  return `${number(c.genuine)} genuine and ${number(c.impostors)} impostor comparisons. References not acquired: ${c.referencesNotAcquired} of ${number(c.references)}; probes not acquired: ${c.probesNotAcquired} of ${number(c.probes)}; genuine comparisons lost by that: ${c.genuineNotMade}.`;
}

/** Impostor scores that no two people should reach: a name too many is likelier than a double. */
export function suspects({ scopes }: Verification): string {
  const bins = [...(scopes['all/everyone']?.impostors.tail.bins ?? [])].filter((bin) => bin >= binOf(SUSPECT));
  if (bins.length === 0) return '';
  const highest = scoreOf(bins.reduce((one, other) => Math.max(one, other)));
  return `Impostor comparisons at ${SUSPECT} or above: ${bins.length}, the highest ${highest.toFixed(3)}; one person under two names is to be suspected first, but they count as they are: figures at FMR 1e-5 hang on them.`;
}
const SUSPECT = 0.6;

/** Thresholds of half 1, what they give on half 2, and the same for everybody. */
export function mainTable({ split, whole }: Verification): string {
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

/** False matches within groups of people. */
export function groups({ split, whole }: Verification, { data }: RunFacts): string {
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

/** Empty when that protocol was left out, as the other sections. */
export function originals({ protocols }: Results): string {
  const one = protocols['originals'];
  return one === undefined ? '' : `## Originals against originals\n\n${counts(one)}\n\n${mainTable(one)}`;
}

/** Simulated captures, and several pictures of a person. */
export function severalFrames({ protocols }: Results): string {
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
sensor noise (standard deviation ${noise} grey levels, then JPEG ${jpegQuality}, as cameras deliver it), seeded by the picture: closer to one visit, but all frames share pose and expression. **Pictures** are different photographs of one person, of other days and places:
more than a visit can give. Each table has thresholds fitted to its own impostor comparisons, and the thresholds of one frame applied to it: where a fixed threshold meets fused templates, the FMR column tells what that costs.

${parts.join('\n\n')}`;
}
