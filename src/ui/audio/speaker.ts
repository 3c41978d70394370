import type { Clip } from './manifest.ts';

export interface SpeakerOptions {
  /** The clip of a message id, or `undefined` when there is none (or none that may be heard). */
  readonly find: (id: string) => Clip | undefined;
  /** Told what is being heard. */
  readonly onVoice: (voice: 'silent' | Clip['kind']) => void;
}

export interface Speaker {
  /** Plays the clips of these messages one after the other; whatever was playing stops. What has no clip is silence. */
  say(ids: readonly string[]): void;
  stop(): void;
  /** Has these clips at hand before they are wanted. */
  preload(ids: readonly string[]): void;
}

/** One voice: never two clips over one another. */
export function createSpeaker({ find, onVoice }: SpeakerOptions): Speaker {
  const ready = new Map<string, HTMLAudioElement>();
  let playing: HTMLAudioElement | undefined;
  let turn = 0;

  const load = ({ file }: Clip) => {
    const known = ready.get(file);
    if (known) return known;
    const audio = new Audio(`/audio/${file}`);
    audio.preload = 'auto';
    ready.set(file, audio);
    return audio;
  };
  const stop = () => {
    turn += 1;
    playing?.pause();
    playing = undefined;
    onVoice('silent');
  };
  const play = (ids: readonly string[], mine: number) => {
    if (mine !== turn) return;
    const [id, ...rest] = ids;
    if (id === undefined) return stop();
    const clip = find(id);
    if (!clip) return play(rest, mine);
    const audio = load(clip);
    const next = () => play(rest, mine);
    playing = audio;
    onVoice(clip.kind);
    audio.currentTime = 0;
    audio.onended = next;
    audio.onerror = next;
    // Refused while nobody has touched the page yet, or the file is broken: silence, never an error.
    audio.play().catch(() => mine === turn && playing === audio && next());
  };
  return {
    say(ids) {
      stop();
      play(ids, turn);
    },
    stop,
    preload(ids) {
      for (const id of ids) {
        const clip = find(id);
        if (clip) load(clip);
      }
    },
  };
}
