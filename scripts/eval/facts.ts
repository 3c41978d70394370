import type { FaceThresholds } from '../../src/face/port.ts';

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
    /** The collection, one or two sentences. */
    readonly about: string;
    readonly people: number;
    readonly pictures: number;
    readonly halves: readonly [people1: number, people2: number];
    readonly groupPeople: number;
    readonly groupPictures: number;
    readonly groupHalves: readonly [people1: number, people2: number];
  };
}

/** Folder of the plots, beside the page. */
export const PLOTS = 'accuracy';
