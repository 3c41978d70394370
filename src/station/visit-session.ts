import { StreamWatch } from '../face/attack/stream.ts';
import { type FaceCues, wipe } from '../face/port.ts';
import { type ThaiIdCard, wipeCard } from '../peripherals/card/thai-id-card.ts';
import type { AttackPart } from '../visit/types.ts';
import type { Probe } from './best-probes.ts';

/** Moments of one visit, ms after the card went in. */
export interface VisitMarks {
  textRead?: number;
  photoRead?: number;
  consentGiven?: number;
  firstFrame?: number;
  firstProbe?: number;
  probesReady?: number;
  compared?: number;
  recorded?: number;
}

/** Everything of one visit that must be gone afterwards, in one place so that nothing is forgotten. */
export class VisitSession {
  readonly visitId: string;
  readonly startedAt: Date;
  readonly atr: Uint8Array;
  readonly marks: VisitMarks = {};
  card: ThaiIdCard | undefined;
  /** Keyed pseudonym; `null` until a number was read. */
  subject: string | null = null;
  /** Best frame of the last capture, JPEG, for two officers. */
  picture: Uint8Array | undefined;
  probes: readonly Probe[] = [];
  /** What judged the capture of the probes as a whole. */
  attackParts: readonly AttackPart[] = [];
  /** Of the last capture: which camera, and what light its frames showed. */
  light: { readonly camera: string; readonly frames: readonly FaceCues[] } = { camera: '', frames: [] };
  /** Watches the frames of all its captures. */
  readonly stream = new StreamWatch();
  /** Ends all work of the visit. */
  readonly over = new AbortController();
  /** Ends the capture that is running. */
  capture = new AbortController();
  readonly #startedAtMs = performance.now();

  constructor(visitId: string, atr: Uint8Array, startedAt: Date) {
    this.visitId = visitId;
    this.atr = atr;
    this.startedAt = startedAt;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAtMs;
  }

  mark(moment: keyof VisitMarks): void {
    this.marks[moment] ??= Math.round(this.elapsedMs * 10) / 10;
  }

  dropProbes(): void {
    for (const probe of this.probes) wipe(probe.template);
    this.probes = [];
  }

  /** Aborts what runs and overwrites photo and templates. */
  end(): void {
    this.over.abort();
    this.capture.abort();
    this.dropProbes();
    if (this.card) wipeCard(this.card);
    this.card = undefined;
    this.picture?.fill(0);
    this.picture = undefined;
    this.light = { camera: '', frames: [] };
  }
}
