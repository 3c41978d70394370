import { useState } from 'preact/hooks';
import type { ReferralLine } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Choices } from '../parts/choices.tsx';
import { ExportButton } from '../parts/export-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { ReferralList } from './referral-list.tsx';

const KINDS = ['only-open', 'only-rides', 'only-bedside', 'all'] as const;
type Kind = (typeof KINDS)[number];

const isOfKind = (line: ReferralLine, kind: Kind) => {
  if (kind === 'all') return true;
  if (line.closed) return false;
  if (kind === 'only-rides') return line.transport === 'needs-ride';
  return kind === 'only-bedside' ? line.bedsideReissue : true;
};

/** The pick-up list: who needs the district office, village by village. */
export function Referrals() {
  const t = useText();
  const desk = useDesk();
  const [kind, setKind] = useState<Kind>('only-open');
  const { answer, refusal, again } = useAnswer({ do: 'referrals' });
  const lines = answer?.filter((line) => isOfKind(line, kind)) ?? [];
  return (
    <>
      <PageHead title={t('refer.main')}>
        {answer ? <p class="quiet">{t('refer.open', { n: answer.filter(({ closed }) => !closed).length })}</p> : null}
      </PageHead>
      <div class="actions">
        <button type="button" class="primary" data-testid="batch" onClick={() => desk.go({ page: 'batch' })}>
          <Icon name="car" />
          {t('refer.batch')}
        </button>
        <PrintButton what={{ kind: 'referrals' }} label={t('common.print')} />
        <ExportButton what="referrals" label={t('common.export')} />
      </div>
      <Choices
        label={t('filter.label')}
        look="chips"
        options={KINDS}
        chosen={kind}
        onChoose={setKind}
        render={(one) => t(`refer.${one}`)}
      />
      {answer ? null : <Waiting refusal={refusal} again={again} />}
      {answer && lines.length === 0 ? <p class="waiting">{t('refer.none')}</p> : null}
      <ReferralList lines={lines} again={again} />
    </>
  );
}
