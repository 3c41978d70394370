import type { OperatorStatus } from '../../kiosk/protocol.ts';
import { ageText } from '../i18n/text.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { FaultText, PartList } from './part-list.tsx';

interface HealthProps {
  readonly status: OperatorStatus;
  /** The citizen's screen says that staff is coming. */
  readonly isStaffAwaited: boolean;
  readonly onStaffDone: () => void;
}

/** What staff needs at a glance: does somebody need me, does everything work, has everything been sent. */
export function Health({ status, isStaffAwaited, onStaffDone }: HealthProps) {
  const t = useText();
  const language = useLanguage();
  const { visitFault, unsent, parts } = status;
  const visitLine = isStaffAwaited
    ? 'operator.visit-staff'
    : visitFault
      ? 'operator.last-fault'
      : 'operator.visit-fine';
  return (
    <>
      <section class={`panel visit ${isStaffAwaited ? 'awaited' : ''}`} aria-live="polite">
        <h2>{t(visitLine)}</h2>
        {visitFault ? <FaultText fault={visitFault} /> : null}
        {isStaffAwaited ? (
          <button type="button" class="action" data-testid="staff-done" onClick={onStaffDone}>
            {t('operator.staff-done')}
          </button>
        ) : null}
      </section>
      <section class="panel">
        <h2>{t('operator.parts')}</h2>
        <PartList parts={parts} />
      </section>
      <section class="panel unsent">
        <h2>{t('operator.unsent')}</h2>
        <p>
          <strong class="figure">{unsent.count}</strong>{' '}
          <span class="quiet">
            {unsent.count > 0
              ? t('operator.oldest', { age: ageText(language, unsent.oldestAgeS) })
              : t('operator.unsent-none')}
          </span>
        </p>
      </section>
    </>
  );
}
