import { fuseTemplates } from '../../src/face/compare.ts';
import type { Job } from './acquire.ts';
import type { Person } from './people.ts';
import type { Finding } from './template-cache.ts';
import type { Sample, Trials } from './trials.ts';

export type Find = (job: Job) => Finding;
type Variant = Job['variant'];

const ORIGINAL: Variant = { kind: 'original' };
const CHIP: Variant = { kind: 'chip' };
/** Frames of one simulated capture, as the station takes them unless it is set up otherwise. */
export const CAPTURE_FRAMES = 3;
/** People with so many pictures have three to spare as frames beside the reference. */
const PICTURES_FOR_FRAMES = 4;

export const originalReference = (picture: string): Job => ({ side: 'reference', picture, variant: ORIGINAL });
export const originalProbe = (picture: string): Job => ({ side: 'probe', picture, variant: ORIGINAL });
export const chipReference = (picture: string): Job => ({ side: 'reference', picture, variant: CHIP });
export const captureProbe = (picture: string, frame: number): Job => ({
  side: 'probe',
  picture,
  variant: { kind: 'capture', frame },
});
export const turnedProbe = (picture: string, degrees: number): Job => ({
  side: 'probe',
  picture,
  variant: { kind: 'turned', degrees },
});

export function allPictures(people: readonly Person[]): readonly string[] {
  return people.flatMap(({ pictures }) => pictures);
}

/** Pictures of people who have another one to be compared with. */
export function pairedPictures(people: readonly Person[]): readonly string[] {
  return allPictures(people.filter(({ pictures }) => pictures.length > 1));
}

/**
 * Every picture as a probe against every other picture as a reference.
 * @param probesOf frames of the probe, whose templates are fused
 * @param minPictures people with fewer give references only
 */
export function pictureTrials(
  people: readonly Person[],
  find: Find,
  referenceOf: (picture: string) => Job,
  probesOf: (picture: string) => readonly Job[],
  minPictures: number,
): Trials {
  return trialsOf(people, find, referenceOf, (person, pictures) =>
    pictures.length < minPictures
      ? []
      : pictures.map((picture, at) => ({
          sample: oneAttempt(person, probesOf(picture).map(find)),
          references: pictures.flatMap((_, other) => (other === at ? [] : [other])),
        })),
  );
}

/** How several pictures of a person make one probe. */
export type Together = 'fused' | 'best-of';

/**
 * Chip photos against `size` other pictures of the same person together: for each reference every run of `size` among the
 * other pictures, which follow it in a circle. The same pictures are one probe however they were found.
 */
export function severalPicturesTrials(people: readonly Person[], find: Find, size: number, together: Together): Trials {
  return trialsOf(people, find, chipReference, (person, pictures) => {
    if (pictures.length < PICTURES_FOR_FRAMES) return [];
    const runs = new Map<string, { readonly frames: readonly number[]; readonly references: Set<number> }>();
    for (const reference of pictures.keys()) {
      const others = pictures.map((_, i) => (reference + i) % pictures.length).slice(1);
      for (const start of others.keys()) {
        const frames = others.map((_, i) => others[(start + i) % others.length] as number).slice(0, size);
        frames.sort((a, b) => a - b);
        const run = runs.get(frames.join()) ?? { frames, references: new Set() };
        runs.set(frames.join(), run);
        run.references.add(reference);
      }
    }
    const sampleOf = together === 'fused' ? oneAttempt : severalAttempts;
    return [...runs.values()].map(({ frames, references }) => ({
      sample: sampleOf(
        person,
        frames.map((frame) => find(originalProbe(pictures[frame] as string))),
      ),
      references: [...references],
    }));
  });
}

interface PersonProbe {
  readonly sample: Sample;
  /** Which of the person's pictures it is compared with. */
  readonly references: readonly number[];
}

function trialsOf(
  people: readonly Person[],
  find: Find,
  referenceOf: (picture: string) => Job,
  probesOf: (person: number, pictures: readonly string[]) => readonly PersonProbe[],
): Trials {
  const references: Sample[] = [];
  const probes: Sample[] = [];
  const genuine: { reference: number; probe: number }[] = [];
  for (const [person, { pictures }] of people.entries()) {
    const firstReference = references.length;
    for (const picture of pictures) references.push(oneAttempt(person, [find(referenceOf(picture))]));
    for (const one of probesOf(person, pictures)) {
      for (const at of one.references) genuine.push({ reference: firstReference + at, probe: probes.length });
      probes.push(one.sample);
    }
  }
  return { references, probes, genuine };
}

/** The frames that show a face, fused; none of them is a failure to acquire. */
function oneAttempt(person: number, findings: readonly Finding[]): Sample {
  const acquired = findings.filter((finding) => finding.kind === 'acquired');
  return {
    person,
    attempts: acquired.length === 0 ? [] : [fuse(acquired.map(({ template }) => template))],
    templateLength: shortest(acquired),
  };
}

function severalAttempts(person: number, findings: readonly Finding[]): Sample {
  const acquired = findings.filter((finding) => finding.kind === 'acquired');
  return { person, attempts: acquired.map(({ template }) => template), templateLength: shortest(acquired) };
}

/** One frame stays as the engine made it. */
function fuse(templates: Parameters<typeof fuseTemplates>[0]) {
  const [only, ...more] = templates;
  return only !== undefined && more.length === 0 ? only : fuseTemplates(templates);
}

function shortest(findings: readonly Extract<Finding, { kind: 'acquired' }>[]): number | undefined {
  const lengths = findings.map(({ quality }) => quality.templateLength).filter((length) => length !== undefined);
  return lengths.length === 0 ? undefined : Math.min(...lengths);
}
