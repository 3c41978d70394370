import { type FaceEngine, wipe } from '../port.ts';
import type { Picture } from './collection.ts';
import type { Sample } from './comparisons.ts';

/** Templates of a collection; {@link wipeSamples} overwrites them. */
export interface Samples {
  readonly references: readonly Sample[];
  readonly probes: readonly Sample[];
  /** Pictures that could not be read at all. */
  readonly unreadable: number;
  /** Pictures without a usable face, unreadable ones included (failure to acquire). */
  readonly notAcquired: number;
  /** Acquired probes that attack detection holds for attacks: on an agency's own bona fide pictures, its BPCER. */
  readonly attacks: number;
}

export interface AcquireOptions {
  readonly concurrency: number;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Applied to references first, e.g. the chip-photo protocol. */
  readonly prepareReference: ((image: Uint8Array) => Promise<Uint8Array>) | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

/** Makes a template of every picture with the station's own pipeline. @throws StationFault `FACE_ENGINE` */
export async function acquireSamples(
  engine: FaceEngine,
  pictures: { readonly references: readonly Picture[]; readonly probes: readonly Picture[] },
  options: AcquireOptions,
  signal: AbortSignal,
): Promise<Samples> {
  const total = pictures.references.length + pictures.probes.length;
  const counts = { done: 0, unreadable: 0, notAcquired: 0, attacks: 0 };
  const empty = ({ person }: Picture): Sample => ({ person, template: undefined });
  const [references, probes] = [pictures.references.map(empty), pictures.probes.map(empty)];
  const acquire = async (picture: Picture, isReference: boolean): Promise<Sample> => {
    const image = await options.read(picture.path);
    if (image === undefined) counts.unreadable++;
    else if (isReference) {
      const ready = options.prepareReference ? await options.prepareReference(image).catch(() => undefined) : image;
      const finding = ready && (await engine.acquireReference(ready, signal));
      if (finding?.kind === 'acquired') return { person: picture.person, template: finding.template };
    } else {
      const finding = await engine.acquireProbe(image, signal);
      if (finding.kind === 'acquired') {
        if (!((finding.attackScore ?? Number.NaN) >= engine.thresholds.attack)) counts.attacks++;
        return { person: picture.person, template: finding.template };
      }
    }
    counts.notAcquired++;
    return empty(picture);
  };
  const work = [
    ...pictures.references.map((picture, at) => ({ picture, at, into: references })),
    ...pictures.probes.map((picture, at) => ({ picture, at, into: probes })),
  ][Symbol.iterator]();
  const stop = new AbortController();
  const lane = async () => {
    for (let next = work.next(); !next.done && !stop.signal.aborted; next = work.next()) {
      signal.throwIfAborted();
      const { picture, at, into } = next.value;
      into[at] = await acquire(picture, into === references);
      options.onProgress(++counts.done, total);
    }
  };
  try {
    // A lane that fails ends the others before the templates are wiped.
    const lanes = Array.from({ length: options.concurrency }, () =>
      lane().catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    );
    const failed = (await Promise.allSettled(lanes)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return { references, probes, ...counts };
  } catch (error) {
    wipeSamples({ references, probes });
    throw error;
  }
}

/** Overwrites every template. */
export function wipeSamples({ references, probes }: Pick<Samples, 'references' | 'probes'>): void {
  for (const { template } of [...references, ...probes]) if (template) wipe(template);
}
