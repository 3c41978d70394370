import type { Results } from './evaluate.ts';
import { PLOTS, type RunFacts } from './facts.ts';
import { percent, plainPercent, plainRate, points, table } from './markdown.ts';
import { CAPTURE_FRAMES } from './protocols.ts';

/** Turned faces, angle by angle. */
export function roll({ roll: measured }: Results): string {
  if (measured === undefined) return '';
  const rows = measured.figures.map(({ degrees, acquired, rollError, medianScore, at }) => {
    const [strict, wide] = [at['match'], at['1e-3']];
    return [
      `${degrees}°`,
      plainPercent(acquired),
      plainPercent(strict?.tar),
      points(strict?.change),
      plainPercent(wide?.tar),
      points(wide?.change),
      wide === undefined ? '–' : plainRate(wide.fmr),
      medianScore.toFixed(3),
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
    'median score',
    'roll error, °',
  ];
  return `## Turned faces

${measured.pairs} people of half 2 (of half 1, when there are not enough), one pair each, the probe turned clockwise within the picture (bicubic, edges repeated), the chip photo upright. Thresholds: the shipped one, and that for FMR 1e-3 of half 1.
Change: against upright, the same pairs, with its interval. FMR: the turned probes against all other people of half 2. Roll error: median distance of the roll that the pipeline tells from the true one.

${table(header, rows)}

![TAR by roll](${PLOTS}/roll.svg)`;
}

/** What the template's length tells about errors. */
export function quality({ quality: measured }: Results): string {
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

/** Bona fide pictures that the attack signal refuses. */
export function attack({ attack: { oneFrame, capture } }: Results, { thresholds }: RunFacts): string {
  const three =
    capture === undefined
      ? ''
      : `; with the ${CAPTURE_FRAMES} frames of a simulated capture together: ${percent(capture)} %`;
  return `## Attack signal on bona fide pictures

At the shipped threshold (${thresholds.attack}) the attack signal refuses, by one frame, ${percent(oneFrame)} % of these pictures${three} (BPCER, ISO/IEC 30107-3). They are news photographs, not captures of a station's camera.`;
}
