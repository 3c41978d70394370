import { effect, type Signal } from '@preact/signals';
import type { CitizenModel } from '../citizen-view.ts';
import { fetchManifest, sayable } from './clips.ts';
import type { AudioManifest } from './manifest.ts';
import { promptId } from './prompt-id.ts';
import { createSpeaker } from './speaker.ts';

const MANIFEST_LIMIT_MS = 10_000;

export interface Voice {
  /** Reads the whole screen with its answers, or stops. */
  toggle(): void;
  say(ids: readonly string[]): void;
  /** From now on a new screen is heard by itself when the station is set so, and the old one falls silent. */
  follow(): void;
}

/** The page's voice: what is heard when. It reads what stands on the glass and nothing else. */
export function createVoice(model: Signal<CitizenModel>, root: HTMLElement): Voice {
  let manifest: AudioManifest | undefined;
  const speaker = createSpeaker({
    find(id) {
      const { language, aids } = model.value;
      const clip = manifest?.clips[language][id];
      return clip?.kind === 'stand-in' && !aids.mayStandIn ? undefined : clip;
    },
    onVoice(voice) {
      if (model.value.voice !== voice) model.value = { ...model.value, voice };
    },
  });
  /** At a bedside nothing speaks by itself: somebody may be asleep, and the words are the operator's. */
  const isSpeaking = () => model.value.aids.audio === 'speak' && model.value.place === 'station';

  const follow = () => {
    let heard: readonly string[] = [];
    let screen = '';
    let prompt = '';
    const hear = () => {
      const ids = sayable(root, 'words');
      speaker.preload(sayable(root, 'all'));
      // On the same screen only what is new: another hint, not the whole sentence again.
      const isSame = screen === model.value.view.screen && !model.value.sheet;
      const fresh = isSame ? ids.filter((id) => !heard.includes(id)) : ids;
      screen = model.value.view.screen;
      heard = ids;
      if (isSpeaking()) speaker.say(fresh);
    };
    effect(() => {
      const now = `${promptId(model.value)} ${model.value.language}`;
      if (now === prompt) return;
      prompt = now;
      queueMicrotask(speaker.stop);
      // After the new screen has been drawn.
      requestAnimationFrame(() => requestAnimationFrame(hear));
    });
  };
  return {
    follow() {
      follow();
      fetchManifest(AbortSignal.timeout(MANIFEST_LIMIT_MS)).then((found) => {
        manifest = found;
        speaker.preload(sayable(root, 'all'));
      });
    },
    say: speaker.say,
    toggle() {
      if (model.value.aids.audio === 'off') return;
      if (model.value.voice === 'silent') speaker.say(sayable(root, 'all'));
      else speaker.stop();
    },
  };
}
