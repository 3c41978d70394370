import { render } from 'preact';
import { createVoice } from './audio/voice.ts';
import { createCitizenPage, SHEET_LIMITS } from './citizen-page.ts';
import { createPreviewFeed } from './link/preview-feed.ts';
import { openStationLink } from './link/station-link.ts';
import { Citizen } from './screens/citizen.tsx';
import { operateByKeys } from './switches/operate-by-keys.ts';
import './styles/citizen.css';

/** The citizen's page: shows what the station sends, sends what the citizen taps. */
function start(root: HTMLElement): void {
  const feed = createPreviewFeed();
  const page = createCitizenPage({
    send: (message) => link.send(message),
    listen: () => voice.toggle(),
    limits: SHEET_LIMITS,
  });
  const link = openStationLink('citizen', {
    onMessage: page.receive,
    onPreview: feed.push,
    onLost: page.lose,
  });
  const voice = createVoice(page.model, root);
  const Page = () => <Citizen model={page.model.value} actions={page.actions} feed={feed} />;
  render(<Page />, root);
  voice.follow();
  operateByKeys(page, root, voice.say);
}

const root = document.getElementById('root');
if (root) start(root);
