import type { CitizenScreen, OperatorStatus, SimulatorCommand, SimulatorState } from '../../kiosk/protocol.ts';
import type { Language } from '../../visit/types.ts';
import { useText } from '../i18n/use-text.ts';
import { StaffLanguageButton } from '../parts/staff-language.tsx';
import { OperatorStrip } from './operator-strip.tsx';
import { OutcomeList } from './outcome-list.tsx';
import { PlayPanel, TroublePanel } from './play-panel.tsx';

interface SimulatorPageProps {
  /** `null` until the station has said something. */
  readonly world: SimulatorState | null;
  readonly status: OperatorStatus | null;
  readonly screen: CitizenScreen | null;
  readonly isLost: boolean;
  /** The citizen's page, beside the panel. */
  readonly kioskUrl: string;
  readonly act: (command: SimulatorCommand) => void;
  readonly onLanguage: (language: Language) => void;
}

export function SimulatorPage({ world, status, screen, isLost, kioskUrl, act, onLanguage }: SimulatorPageProps) {
  const t = useText();
  return (
    <>
      <main class="bench">
        <div class="glass">
          <iframe title={t('simulator.kiosk')} src={kioskUrl} data-testid="kiosk-frame" />
        </div>
        {status ? <OperatorStrip status={status} /> : null}
      </main>
      <aside class="play">
        <header class="bar-top">
          <div>
            <h1>{t('simulator.title')}</h1>
            <p class="quiet">{t('simulator.intro')}</p>
          </div>
          <StaffLanguageButton onChoose={onLanguage} />
        </header>
        {isLost ? <p class="panel lost">{t('operator.lost')}</p> : null}
        {world ? (
          <>
            <PlayPanel world={world} screen={screen} act={act} />
            <TroublePanel world={world} act={act} />
            <OutcomeList outcomes={world.outcomes} />
          </>
        ) : (
          <p class="panel">{t('operator.waiting')}</p>
        )}
      </aside>
    </>
  );
}
