import type { OperatorStatus } from '../../kiosk/protocol.ts';
import type { Language } from '../../visit/types.ts';
import { useText } from '../i18n/use-text.ts';
import { StaffLanguageButton } from '../parts/staff-language.tsx';
import { Health } from './health.tsx';
import { HealthBar } from './health-bar.tsx';

interface OperatorPageProps {
  /** `null` until the station has said something. */
  readonly status: OperatorStatus | null;
  readonly isLost: boolean;
  readonly isStaffAwaited: boolean;
  readonly onStaffDone: () => void;
  readonly onLanguage: (language: Language) => void;
}

export function OperatorPage({ status, isLost, isStaffAwaited, onStaffDone, onLanguage }: OperatorPageProps) {
  const t = useText();
  return (
    <>
      <header class="bar-top">
        <div>
          <h1>{t('operator.title')}</h1>
          {status ? (
            <p class="quiet">
              {t('operator.station')} {status.station} · {t('operator.version')} {status.version}
            </p>
          ) : null}
        </div>
        <StaffLanguageButton onChoose={onLanguage} />
      </header>
      {status ? <HealthBar parts={status.parts} unsent={status.unsent} /> : null}
      <main class="operator-main">
        {isLost ? <p class="panel lost">{t('operator.lost')}</p> : null}
        {status ? (
          <Health status={status} isStaffAwaited={isStaffAwaited} onStaffDone={onStaffDone} />
        ) : (
          <p class="panel">{t('operator.waiting')}</p>
        )}
      </main>
    </>
  );
}
