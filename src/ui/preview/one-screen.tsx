import { signal } from '@preact/signals';
import type { Language } from '../../visit/types.ts';
import type { CitizenActions, CitizenView } from '../citizen-view.ts';
import { createPreviewFeed } from '../link/preview-feed.ts';
import { Citizen } from '../screens/citizen.tsx';
import { PREVIEW_GLASSES } from './states.ts';

const noAction = () => {};

/** One screen filling the window, as on the glass; taps do nothing but change the language. */
export function createOneScreen(view: CitizenView, asked: URLSearchParams) {
  const language = signal<Language>(asked.get('lang') === 'en' ? 'en' : 'th');
  const widthMm = Number(asked.get('widthMm')) || PREVIEW_GLASSES[1].widthMm;
  const feed = createPreviewFeed();
  const actions: CitizenActions = {
    callStaff: noAction,
    consent: noAction,
    moreTime: noAction,
    chooseLanguage(chosen) {
      language.value = chosen;
    },
  };
  return () => <Citizen view={view} language={language.value} widthMm={widthMm} actions={actions} feed={feed} />;
}
