import type { Language } from '../../visit/types.ts';

/** A clip of one message in one language: what people hear. */
export interface Clip {
  /** File beside the manifest, e.g. `th/idle.main.opus`. */
  readonly file: string;
  /** `stand-in`: made by a speech program, for development only. */
  readonly kind: 'recorded' | 'stand-in';
}

/** `audio/manifest.json` as `scripts/make-audio.ts` writes it: the clips that exist, and the ids that have none. */
export interface AudioManifest {
  readonly clips: Readonly<Record<Language, Readonly<Record<string, Clip>>>>;
  readonly missing: Readonly<Record<Language, readonly string[]>>;
}
