import type { CitizenModel } from '../citizen-view.ts';

/** Name of what the page shows, e.g. `capture.come-closer`; when it changes, there is something new to hear. */
export function promptId({ view, sheet, isAskingSheet }: CitizenModel): string {
  if (isAskingSheet) return 'sheet.still-there';
  if (sheet) return 'page' in sheet ? `${sheet.sheet}.${sheet.page}` : sheet.sheet;
  if (view.screen === 'capture') return `capture.${view.hint ?? (view.framed ? 'good' : 'ready')}`;
  if (view.screen === 'reinsert') return `reinsert.${view.ask}`;
  if (view.screen === 'reading') return `reading.${view.consent}.${view.purpose.id}`;
  if (view.screen === 'done' || view.screen === 'staff') return `${view.screen}.${view.nextStep ?? 'wait'}`;
  return view.screen;
}
