import { batch, signal } from '@preact/signals';
import { render } from 'preact';
import type { Language } from '../visit/types.ts';
import type { CitizenActions, CitizenView } from './citizen-view.ts';
import { createPreviewFeed } from './link/preview-feed.ts';
import { openStationLink } from './link/station-link.ts';
import { Citizen } from './screens/citizen.tsx';
import './styles/citizen.css';

/** Width of a 10.1″ glass, until the station says which one it has. */
const DEFAULT_WIDTH_MM = 217;

/** The citizen's page: shows what the station sends, sends what the citizen taps. */
function start(root: HTMLElement): void {
  const view = signal<CitizenView>({ screen: 'connecting' });
  const language = signal<Language>('th');
  const widthMm = signal(DEFAULT_WIDTH_MM);
  const feed = createPreviewFeed();

  const link = openStationLink('citizen', {
    onMessage(message) {
      if (message.kind !== 'screen') return;
      batch(() => {
        view.value = message.screen;
        language.value = message.language;
        widthMm.value = message.widthMm;
      });
    },
    onPreview: feed.push,
    onLost() {
      view.value = { screen: 'out-of-service' };
    },
  });

  const actions: CitizenActions = {
    callStaff: () => link.send({ kind: 'call-staff' }),
    chooseLanguage(chosen) {
      // At once, so that it also works while the station cannot be heard.
      language.value = chosen;
      link.send({ kind: 'set-language', language: chosen });
    },
    consent: (choice) => {
      if (view.value.screen === 'reading')
        link.send({ kind: 'consent', purpose: view.value.purpose.id, choice, how: 'touch' });
    },
    moreTime: () => link.send({ kind: 'more-time' }),
  };

  const Page = () => (
    <Citizen view={view.value} language={language.value} widthMm={widthMm.value} actions={actions} feed={feed} />
  );
  render(<Page />, root);
}

const root = document.getElementById('root');
if (root) start(root);
