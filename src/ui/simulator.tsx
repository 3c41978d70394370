import { batch, signal } from '@preact/signals';
import { render } from 'preact';
import type { CitizenScreen, OperatorStatus, SimulatorCommand, SimulatorState } from '../kiosk/protocol.ts';
import type { Language } from '../visit/types.ts';
import { openStationLink } from './link/station-link.ts';
import { StaffPage } from './parts/staff-page.tsx';
import { SimulatorPage } from './simulator/simulator-page.tsx';
import './styles/staff-pages.css';
import './styles/simulator.css';

/** The citizen's screen beside a panel that plays the card, the camera and the person. Demo mode only. */
function start(root: HTMLElement): void {
  const language = signal<Language>('th');
  const world = signal<SimulatorState | null>(null);
  const status = signal<OperatorStatus | null>(null);
  const screen = signal<CitizenScreen | null>(null);
  const isLost = signal(false);

  const link = openStationLink('simulator', {
    onMessage(message) {
      batch(() => {
        isLost.value = false;
        if (message.kind === 'simulator') world.value = message.state;
        if (message.kind === 'operator') status.value = message.status;
        if (message.kind === 'screen') screen.value = message.screen;
      });
    },
    onPreview() {},
    onLost() {
      isLost.value = true;
    },
  });
  const act = (command: SimulatorCommand) => link.send({ kind: 'simulate', command });

  const Page = () => (
    <StaffPage language={language} page="simulator">
      <SimulatorPage
        world={world.value}
        status={status.value}
        screen={screen.value}
        isLost={isLost.value}
        kioskUrl="/kiosk"
        act={act}
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
