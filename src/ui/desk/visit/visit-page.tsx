import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useDesk } from '../use-desk.ts';
import { Dignity } from './dignity.tsx';
import { Judge } from './judge.tsx';
import { PhaseLine } from './phase-line.tsx';
import { VisitActions } from './visit-actions.tsx';
import { VisitResult } from './visit-result.tsx';

interface VisitPageProps {
  /** Whose card is awaited, or `null`. */
  readonly expecting: string | null;
  readonly task: 'own' | 'represent';
}

/** The visit in progress, as it goes. */
export function VisitPage({ expecting, task }: VisitPageProps) {
  const { visit } = useDesk().state.value ?? {};
  return visit ? <OpenVisit visit={visit} /> : <AwaitCard expecting={expecting} task={task} />;
}

function AwaitCard({ expecting, task }: VisitPageProps) {
  const t = useText();
  const desk = useDesk();
  const isExpecting = expecting !== null || task === 'represent';
  const stop = async () => {
    if (await desk.ask({ do: 'expect', entry: null, place: 'station' })) desk.start({ page: 'today' });
  };
  const title =
    task === 'represent'
      ? t('visit.expecting-representative')
      : expecting
        ? t('visit.expecting', { name: expecting })
        : t('visit.nobody');
  return (
    <>
      <PageHead title={title} />
      <section class="card await">
        <Icon name="card" />
        <p>{t(isExpecting ? 'visit.insert' : 'visit.nobody-help')}</p>
        {isExpecting ? (
          <button type="button" class="second" data-testid="stop-waiting" onClick={stop}>
            {t('visit.no-more-waiting')}
          </button>
        ) : null}
      </section>
    </>
  );
}

function OpenVisit({ visit }: { readonly visit: OperatorVisit }) {
  const t = useText();
  const { phase, name, place, task, attempts, dignityLeftS } = visit;
  if (phase === 'with-officers') return <Judge key={`${visit.visitId}/${visit.answers}`} visit={visit} />;
  const isCapturing = phase === 'capturing' || phase === 'checking';
  return (
    <>
      <PageHead title={name ?? t('visit.unnamed')}>
        <p class="quiet">
          {t(place === 'bedside' ? 'visit.bedside' : 'visit.station')}
          {task === 'represent' ? ` · ${t('visit.represent')}` : ''}
          {isCapturing ? ` · ${t('visit.attempts', { ...attempts })}` : ''}
        </p>
      </PageHead>
      <PhaseLine phase={phase} />
      {visit.isSomebodyElse ? (
        <p class="card told" role="alert" data-testid="somebody-else">
          {t('visit.somebody-else')}
        </p>
      ) : null}
      {phase === 'ended' ? (
        <VisitResult visit={visit} />
      ) : (
        <div class="live">
          {dignityLeftS === null ? null : <Dignity leftS={dignityLeftS} />}
          <VisitActions visit={visit} />
        </div>
      )}
    </>
  );
}
