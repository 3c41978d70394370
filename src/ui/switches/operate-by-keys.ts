import { effect } from '@preact/signals';
import { promptId } from '../audio/prompt-id.ts';
import type { CitizenPage } from '../citizen-page.ts';

/** Keys that a switch box sends: the space bar goes on, Enter chooses; the arrows do the same. */
const NEXT = ['Space', 'ArrowRight', 'ArrowDown'];
const BACK = ['ArrowLeft', 'ArrowUp'];
const CHOOSE = ['Enter', 'NumpadEnter'];

/**
 * Two keys are enough for everything: one goes on, one chooses. With `auto` the choice moves on by itself and either key
 * chooses. With headphones the first key also goes through the words, and each thing is read aloud as it is reached.
 * @param say plays the clips of message ids
 * @returns the way to stop
 */
export function operateByKeys(page: CitizenPage, root: HTMLElement, say: (ids: readonly string[]) => void): () => void {
  const { model, actions } = page;
  let rest: ReturnType<typeof setInterval> | undefined;

  const withHeadphones = () => model.value.aids.audio === 'headphones';
  const places = () => {
    const choices = 'button:not(:disabled)';
    const all = [
      ...root.querySelectorAll<HTMLElement>(withHeadphones() ? `[data-say]:not(button *), ${choices}` : choices),
    ];
    return inOrder(all);
  };
  const move = (by: 1 | -1) => {
    const all = places();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
    if (!next) return;
    root.dataset['keys'] = 'on';
    if (!next.matches('button, [tabindex]')) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    if (!withHeadphones()) return;
    const spoken = next.dataset['say'] ? next : next.querySelector<HTMLElement>('[data-say]');
    if (spoken?.dataset['say']) say([spoken.dataset['say']]);
  };
  const choose = (event: KeyboardEvent) => {
    const at = document.activeElement;
    if (!(at instanceof HTMLButtonElement) || !root.contains(at)) return;
    event.preventDefault();
    if (!event.repeat) at.click();
  };
  const onKey = (event: KeyboardEvent) => {
    actions.stir();
    const { switches } = model.value.display;
    const isSwitch = switches !== 'off' || withHeadphones();
    if (model.value.sheet && turnPage(page, event.code)) return event.preventDefault();
    if (!isSwitch) return;
    const isChosen = CHOOSE.includes(event.code) || (switches === 'auto' && event.code === 'Space');
    if (isChosen) return choose(event);
    if (!NEXT.includes(event.code) && !BACK.includes(event.code)) return;
    event.preventDefault();
    if (!event.repeat) move(BACK.includes(event.code) ? -1 : 1);
  };
  /** A held space bar must not click as well: the browser does that when it is let go. */
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.code === 'Space' && (model.value.display.switches !== 'off' || withHeadphones())) event.preventDefault();
  };
  const onPointer = () => {
    delete root.dataset['keys'];
    actions.stir();
  };

  addEventListener('keydown', onKey);
  addEventListener('keyup', onKeyUp);
  addEventListener('pointerdown', onPointer);
  let pace = '';
  const stopPace = effect(() => {
    const { switches, paceMs } = model.value.display;
    // Starts anew on each screen, so that the first choice is not passed over.
    const now = switches === 'auto' ? `${paceMs} ${promptId(model.value)}` : '';
    if (now === pace) return;
    pace = now;
    clearInterval(rest);
    rest = now ? setInterval(() => move(1), paceMs) : undefined;
  });
  return () => {
    removeEventListener('keydown', onKey);
    removeEventListener('keyup', onKeyUp);
    removeEventListener('pointerdown', onPointer);
    stopPace();
    clearInterval(rest);
  };
}

/** The answers first, then the tools at the edge: the usual choice is the near one. */
function inOrder(places: readonly HTMLElement[]): readonly HTMLElement[] {
  const isTool = (one: HTMLElement) => one.closest('.tools') !== null;
  return [...places.filter((one) => !isTool(one)), ...places.filter(isTool)];
}

/** Arrows turn the pages of a sheet, Escape closes it. @returns whether the key was one of these */
function turnPage({ model, actions }: CitizenPage, code: string): boolean {
  if (code === 'Escape') {
    actions.close();
    return true;
  }
  if (model.value.display.switches !== 'off' || model.value.aids.audio === 'headphones') return false;
  const testId = code === 'ArrowRight' ? 'next' : code === 'ArrowLeft' ? 'back' : undefined;
  if (!testId) return false;
  document.querySelector<HTMLButtonElement>(`[data-testid="${testId}"]`)?.click();
  return true;
}
