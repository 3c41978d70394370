import { join } from 'node:path';
import { z } from 'zod';
import { KeptFile } from '../config/kept-file.ts';
import type { Settings } from '../config/settings.ts';
import type { KnownLight } from '../face/attack/assess.ts';
import { CAPTURES_NEEDED, learnLight, noLight, type OwnLight, ownLightSchema } from '../face/attack/photometry.ts';
import type { FaceCues } from '../face/port.ts';

/** Cameras whose light is remembered: the one in use, its stand-in, and what was there before. */
const CAMERAS = 4;

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** Latest learned last. */
  cameras: z.array(ownLightSchema).max(CAMERAS),
});

/** What a comparison is told of this camera's light; `null` = pictures that are no station's, or a station that does not learn. */
export function knownLight(
  store: OwnLightStore | null,
  camera: string,
  use: Settings['face']['ownLight'],
): KnownLight | null {
  return store && { own: store.of(camera), hasVeto: use === 'veto' };
}

/**
 * What this station's own captures look like by light, kept in `light.json` of the data folder: figures over many visits, none
 * of a single one. The file is read for every use, so that forgetting it works while the station runs.
 */
export class OwnLightStore {
  readonly #file: KeptFile<z.infer<typeof fileSchema>>;

  constructor(dataDir: string) {
    this.#file = new KeptFile(join(dataDir, 'light.json'), fileSchema);
  }

  /** What is known of this camera's captures; nothing of a camera that was never used. */
  of(camera: string): OwnLight {
    return this.#cameras().find((own) => own.camera === camera) ?? noLight(camera);
  }

  /**
   * Learns from one capture. Only for visits that were verified with every part of attack detection clean.
   * @throws the file system's error
   */
  learn(camera: string, frames: readonly FaceCues[]): void {
    const before = this.of(camera);
    const after = learnLight(before, frames);
    if (after === before) return;
    const others = this.#cameras().filter((own) => own.camera !== camera);
    this.#file.write({ version: 1, cameras: [...others, after].slice(-CAMERAS) });
  }

  /** For people: which cameras, how many captures, and whether that is enough to judge by. */
  summary(): readonly { readonly camera: string; readonly captures: number; readonly judges: boolean }[] {
    return this.#cameras().map(({ camera, captures }) => ({ camera, captures, judges: captures >= CAPTURES_NEEDED }));
  }

  /** After lamps, windows or the camera's settings were changed: what was normal is so no more. */
  forget(): void {
    this.#file.forget();
  }

  #cameras(): readonly OwnLight[] {
    return this.#file.read()?.cameras ?? [];
  }
}
