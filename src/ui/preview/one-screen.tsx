import { createCitizenPage, SHEET_LIMITS } from '../citizen-page.ts';
import type { CitizenActions, CitizenModel, Display } from '../citizen-view.ts';
import { createPreviewFeed } from '../link/preview-feed.ts';
import { Citizen } from '../screens/citizen.tsx';
import { SAMPLE_PROGRAMME } from './sample-programme.ts';
import { PREVIEW_GLASSES, type PreviewState } from './states.ts';

/** One screen filling the window, as on the glass; what needs no station works: language, sheets, display. */
export function createOneScreen(state: PreviewState, asked: URLSearchParams) {
  const page = createCitizenPage({ send: () => {}, listen: () => {}, limits: SHEET_LIMITS });
  const text = Number(asked.get('text'));
  const display: Display = {
    text: text === 1.25 || text === 1.5 ? text : 1,
    hasContrast: asked.get('contrast') === 'high',
    isStill: asked.get('motion') === 'still',
    switches: 'off',
    paceMs: 3_000,
  };
  const first: CitizenModel = {
    ...page.model.value,
    language: asked.get('lang') === 'en' ? 'en' : 'th',
    widthMm: Number(asked.get('widthMm')) || PREVIEW_GLASSES[1].widthMm,
    aids: { audio: 'listen', switches: 'off', switchPaceMs: 3_000, mayStandIn: true },
    programme: SAMPLE_PROGRAMME,
    display,
    ...state,
  };
  page.model.value = first;
  const feed = createPreviewFeed();
  const actions: CitizenActions = page.actions;
  return () => <Citizen model={page.model.value} actions={actions} feed={feed} />;
}
