import type { CitizenView } from '../citizen-view.ts';

/**
 * Name of the recorded clip that belongs to a screen, e.g. `capture.come-closer`. It is on the page's root as
 * `data-prompt`; the clips themselves, and what plays them, do not exist yet.
 */
export function promptId(view: CitizenView): string {
  if (view.screen === 'capture') return `capture.${view.hint ?? (view.framed ? 'good' : 'ready')}`;
  if (view.screen === 'reinsert') return `reinsert.${view.ask}`;
  if (view.screen === 'reading') return `reading.${view.consent}`;
  if (view.screen === 'done' || view.screen === 'staff') return `${view.screen}.${view.nextStep ?? 'wait'}`;
  return view.screen;
}
