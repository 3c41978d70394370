import type { AudioManifest } from './manifest.ts';

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
