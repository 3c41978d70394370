import { ageText } from '../../i18n/text.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { FaultText, PartList } from '../../operator/part-list.tsx';
import { shownState } from '../../operator/state-mark.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useDesk } from '../use-desk.ts';

/** Every device and service with its fault and what to do; station, version, unsent, printer, clock. No citizen here. */
export function Health() {
  const t = useText();
  const desk = useDesk();
  const status = desk.status.value;
  if (!status) return <PageHead title={t('tech.main')} />;
  const { parts, visitFault } = status;
  const trouble = parts.filter((one) => !['ready', 'unused'].includes(shownState(one)));
  return (
    <>
      <PageHead title={t('tech.main')}>
        <p class="quiet">{trouble.length > 0 ? t('tech.trouble', { n: trouble.length }) : t('tech.all-well')}</p>
      </PageHead>
      <div class="columns">
        <section class="card">
          <h2>{t('operator.parts')}</h2>
          <PartList parts={[...trouble, ...parts.filter((one) => !trouble.includes(one))]} />
        </section>
        <div>
          {visitFault ? (
            <section class="card told">
              <h2>{t('operator.last-fault')}</h2>
              <FaultText fault={visitFault} />
            </section>
          ) : null}
          <Station />
        </div>
      </div>
    </>
  );
}

function Station() {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const status = desk.status.value;
  const state = desk.state.value;
  if (!status || !state) return null;
  const { unsent } = status;
  const printer = {
    ready: 'tech.printer-ready',
    missing: 'common.no-printer',
    trouble: 'common.printer-trouble',
  } as const;
  return (
    <section class="card">
      <dl class="sums">
        <dt>{t('operator.station')}</dt>
        <dd>{status.station}</dd>
        <dt>{t('tech.version')}</dt>
        <dd>{status.version}</dd>
        <dt>{t('operator.unsent')}</dt>
        <dd>
          {unsent.count === 0
            ? t('operator.unsent-none')
            : `${unsent.count} · ${t('operator.oldest', { age: ageText(language, unsent.oldestAgeS) })}`}
        </dd>
        <dt>{t('tech.printer')}</dt>
        <dd>{t(printer[state.printer])}</dd>
        <dt>{t('tech.clock')}</dt>
        <dd>{t(state.clock.isSynced ? 'tech.clock-good' : 'bar.clock-wrong')}</dd>
        <dt>{t('tech.link')}</dt>
        <dd>{t('tech.link-good')}</dd>
      </dl>
    </section>
  );
}
