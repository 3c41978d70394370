import type { VisitPlace } from '../../../kiosk/desk-protocol.ts';
import type { Witness } from '../../../visit/types.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useAnswer } from '../use-desk.ts';
import type { Draft } from './draft.ts';

interface RepresentSummaryProps {
  readonly draft: Draft;
  readonly onBegin: (place: VisitPlace) => void;
}

/** All of it once more, before the representative's card. */
export function RepresentSummary({ draft, onBegin }: RepresentSummaryProps) {
  const t = useText();
  const language = useLanguage();
  const { answer: team } = useAnswer({ do: 'team' });
  const { relation, mandate, scope, until, first, second } = draft;
  const named = (one: Witness | null) => {
    if (!one) return '';
    const name = one.name ?? team?.staff.find(({ id }) => id === one.staff)?.name ?? '';
    return `${name} (${t(`witness.${one.role}`)})`;
  };
  return (
    <section class="card">
      <dl class="sums">
        <dt>{t('rep.relation')}</dt>
        <dd>{relation ? t(`relation.${relation}`) : ''}</dd>
        <dt>{t('rep.mandate')}</dt>
        <dd>{t(mandate === 'paper' ? 'rep.photographed' : 'rep.attested')}</dd>
        <dt>{t('rep.scope')}</dt>
        <dd>{scope.map((one) => t(`scope.${one}`)).join(' · ')}</dd>
        <dt>{t('rep.until')}</dt>
        <dd>{until ? dateText(until, language) : ''}</dd>
        <dt>{t('rep.witness', { n: 1 })}</dt>
        <dd>{named(first)}</dd>
        <dt>{t('rep.witness', { n: 2 })}</dt>
        <dd>{named(second)}</dd>
      </dl>
      <div class="actions">
        <button type="button" class="primary" data-testid="rep-here" onClick={() => onBegin('station')}>
          <Icon name="card" />
          {t('rep.go-here')}
        </button>
        <button type="button" class="second" data-testid="rep-bedside" onClick={() => onBegin('bedside')}>
          <Icon name="bedridden" />
          {t('rep.go-bedside')}
        </button>
      </div>
    </section>
  );
}
