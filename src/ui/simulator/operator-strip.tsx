import type { OperatorStatus } from '../../kiosk/protocol.ts';
import { textOr } from '../i18n/text.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { FaultText } from '../operator/part-list.tsx';
import { StateMark, shownState } from '../operator/state-mark.tsx';

/** The operator's page in short: every part's state and the last fault. */
export function OperatorStrip({ status }: { readonly status: OperatorStatus }) {
  const t = useText();
  const language = useLanguage();
  return (
    <section class="panel strip">
      <h2>
        {t('simulator.health')}{' '}
        <a href="/operator" target="_blank" rel="noopener">
          {t('simulator.open-operator')}
        </a>
      </h2>
      <ul class="strip-parts">
        {status.parts.map((one) => (
          <li key={one.part} data-part={one.part} data-state={one.state}>
            <StateMark state={shownState(one)} />
            <span>
              {textOr(language, 'part', one.part)} <span class="quiet">{t(`state.${shownState(one)}`)}</span>
            </span>
          </li>
        ))}
      </ul>
      {status.visitFault ? (
        <div data-testid="last-fault">
          <h3>{t('operator.last-fault')}</h3>
          <FaultText fault={status.visitFault} />
        </div>
      ) : null}
    </section>
  );
}
