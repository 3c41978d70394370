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

/** The manifest, or `undefined` when there is none: then the screen is silent. */
export async function fetchManifest(signal: AbortSignal): Promise<AudioManifest | undefined> {
  try {
    const answer = await fetch('/audio/manifest.json', { signal });
    return answer.ok ? ((await answer.json()) as AudioManifest) : undefined;
  } catch {
    return undefined;
  }
}

/** What of the page can be heard: message ids in the order in which they stand, the answers last when asked for. */
export function sayable(page: ParentNode, what: 'words' | 'all'): readonly string[] {
  const ids = [...page.querySelectorAll<HTMLElement>('[data-say]')]
    .filter((one) => what === 'all' || !one.closest('button'))
    .map((one) => one.dataset['say'] ?? '');
  return [...new Set(ids)];
}
