import { batch, signal } from '@preact/signals';
import { render } from 'preact';
import type { OperatorStatus } from '../kiosk/protocol.ts';
import type { Language } from '../visit/types.ts';
import { openStationLink } from './link/station-link.ts';
import { OperatorPage } from './operator/operator-page.tsx';
import { StaffPage } from './parts/staff-page.tsx';
import './styles/staff-pages.css';

/** The operator's page: read-only health, and one button that ends the citizen's staff screen. */
function start(root: HTMLElement): void {
  const language = signal<Language>('th');
  const status = signal<OperatorStatus | null>(null);
  const screen = signal('');
  const isLost = signal(false);

  const link = openStationLink('operator', {
    onMessage(message) {
      batch(() => {
        isLost.value = false;
        if (message.kind === 'operator') status.value = message.status;
        if (message.kind === 'screen') screen.value = message.screen.screen;
      });
    },
    onPreview() {},
    onLost() {
      isLost.value = true;
    },
  });

  const Page = () => (
    <StaffPage language={language} page="operator">
      <OperatorPage
        status={status.value}
        isLost={isLost.value}
        isStaffAwaited={screen.value === 'staff'}
        onStaffDone={() => link.send({ kind: 'staff-done' })}
        onLanguage={(chosen) => {
          language.value = chosen;
        }}
      />
    </StaffPage>
  );
  render(<Page />, root);
}

const root = document.getElementById('root');
if (root) start(root);
