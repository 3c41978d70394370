import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FaceEngine } from '../../src/face/port.ts';
import { Progress } from './progress.ts';
import { randomFor } from './random.ts';
import { cacheKey, type Finding, type TemplateCache } from './template-cache.ts';
import { captureFrame, turned } from './variants.ts';

/** A picture as a side of comparisons. */
export interface Job {
  readonly side: 'reference' | 'probe';
  readonly picture: string;
  readonly variant:
    | { readonly kind: 'original' }
    | { readonly kind: 'chip' }
    | { readonly kind: 'turned'; readonly degrees: number }
    | { readonly kind: 'capture'; readonly frame: number };
}

export interface AcquireOptions {
  readonly engine: FaceEngine;
  readonly cache: TemplateCache;
  readonly toChipPhoto: (image: Uint8Array) => Promise<Uint8Array>;
  /** Pictures worked on at once. */
  readonly workers: number;
}

/** Finds the templates of all jobs that the cache does not hold. @returns the finding of each job that was named */
export async function acquireAll(
  jobs: readonly Job[],
  options: AcquireOptions,
  signal: AbortSignal,
): Promise<(job: Job) => Finding> {
  const digests = new Map<string, string>();
  for (const picture of new Set(jobs.map((job) => job.picture))) {
    const bytes = await readFile(picture, { signal });
    digests.set(picture, createHash('sha256').update(bytes).digest('hex'));
  }
  const keyOf = ({ side, picture, variant }: Job) =>
    cacheKey(side, JSON.stringify(variant), digests.get(picture) ?? picture);
  const missing = new Map<string, Job>();
  for (const job of jobs) if (options.cache.get(keyOf(job)) === undefined) missing.set(keyOf(job), job);
  const progress = new Progress(missing.size);
  const queue = missing.entries();
  const lane = async () => {
    for (const [key, job] of queue) {
      signal.throwIfAborted();
      options.cache.put(key, await acquire(job, digests.get(job.picture) as string, options, signal));
      progress.step(`${job.side}s, ${described(job)}`);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, lane));
  return (job) => {
    const finding = options.cache.get(keyOf(job));
    if (finding === undefined) throw new Error('this picture was not asked for');
    return finding;
  };
}

async function acquire(job: Job, digest: string, options: AcquireOptions, signal: AbortSignal): Promise<Finding> {
  const original = await readFile(job.picture, { signal });
  const image = await prepared(original, job, digest, options);
  return job.side === 'reference'
    ? await options.engine.acquireReference(image, signal)
    : await options.engine.acquireProbe(image, signal);
}

function prepared(image: Uint8Array, { variant }: Job, digest: string, options: AcquireOptions): Promise<Uint8Array> {
  switch (variant.kind) {
    case 'original':
      return Promise.resolve(image);
    case 'chip':
      return options.toChipPhoto(image);
    case 'turned':
      return turned(image, variant.degrees);
    case 'capture':
      // The picture and the frame's number alone decide its motion: any part of the work can be repeated.
      return captureFrame(image, randomFor(digest, variant.frame));
  }
}

function described({ variant }: Job): string {
  switch (variant.kind) {
    case 'original':
      return 'originals';
    case 'chip':
      return 'chip photos';
    case 'turned':
      return `turned by ${variant.degrees}°`;
    case 'capture':
      return `simulated captures, frame ${variant.frame + 1}`;
  }
}
