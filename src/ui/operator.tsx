import { render } from 'preact';
import { createDesk } from './desk/desk.ts';
import { DeskPage } from './desk/desk-page.tsx';
import { openStationLink } from './link/station-link.ts';
import { StaffPage } from './parts/staff-page.tsx';
import './styles/staff-pages.css';
import './styles/desk.css';

/** The operator's page: the desk for field work over the station's socket. */
function start(root: HTMLElement): void {
  const link = openStationLink('operator', {
    onMessage: (message) => desk.hear(message),
    onPreview() {},
    onLost: () => desk.lose(),
  });
  const desk = createDesk(
    {
      ask: link.ask,
      picture: (token, which) => `/visit/pictures/${token}/${which}`,
      staffDone: () => link.send({ kind: 'staff-done' }),
    },
    { language: 'th', place: { page: 'today' } },
  );
  const Page = () => (
    <StaffPage language={desk.language} page="operator">
      <DeskPage desk={desk} />
    </StaffPage>
  );
  render(<Page />, root);
}

const root = document.getElementById('root');
if (root) start(root);
