import { useState } from 'preact/hooks';
import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { isRefusal } from '../desk.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Proof } from '../sign/proof.tsx';
import { useDesk } from '../use-desk.ts';
import { JudgeQuestion } from './judge-question.tsx';
import type { Judgement } from './judgement.ts';
import { PicturePair } from './picture-pair.tsx';

/**
 * One officer's judgement by eye. The part is made anew for the second officer, so that nothing of the first answer is
 * left in memory or on the page; the station tells the score only after both.
 */
export function Judge({ visit }: { readonly visit: OperatorVisit }) {
  const t = useText();
  const isSecond = visit.answers > 0;
  const [isReady, setReady] = useState(!isSecond);
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  if (!isReady) return <Handed onReady={() => setReady(true)} />;
  const who = t(isSecond ? 'judge.second' : 'judge.first');
  if (judgement) {
    return <Answering visit={visit} judgement={judgement} who={who} onChange={() => setJudgement(null)} />;
  }
  return (
    <div class="judge" data-testid="judge" data-officer={isSecond ? 2 : 1}>
      <PageHead title={t('judge.main')}>
        <p class="quiet">
          {who} · {t('judge.alone')}
        </p>
      </PageHead>
      <div class="judge-body">
        <PicturePair pictures={visit.pictures} />
        <JudgeQuestion onJudged={setJudgement} />
      </div>
    </div>
  );
}

/** Covers everything between the two officers. */
function Handed({ onReady }: { readonly onReady: () => void }) {
  const t = useText();
  return (
    <div class="handed" data-testid="handed">
      <PageHead title={t('judge.handed')} />
      <Icon name="team" />
      <p>{t('judge.handed-help')}</p>
      <button type="button" class="primary" data-testid="second-ready" onClick={onReady}>
        {t('judge.ready')}
      </button>
    </div>
  );
}

interface AnsweringProps {
  readonly visit: OperatorVisit;
  readonly judgement: Judgement;
  readonly who: string;
  readonly onChange: () => void;
}

function Answering({ visit, judgement, who, onChange }: AnsweringProps) {
  const t = useText();
  const desk = useDesk();
  const isSecond = visit.answers > 0;
  return (
    <>
      <PageHead title={t('judge.who')}>
        <p class="quiet">{who}</p>
      </PageHead>
      <Proof
        first={isSecond ? null : (desk.state.value?.session?.staff ?? null)}
        may={({ role }) => role === 'operator' || role === 'officer' || role === 'chief'}
        onProve={async (credential) => {
          const answer = await desk.tryAsk({ do: 'decide', visitId: visit.visitId, credential, ...judgement });
          return isRefusal(answer) ? answer : undefined;
        }}
      />
      <p>
        <button type="button" class="second" onClick={onChange}>
          {t('judge.change')}
        </button>
      </p>
    </>
  );
}
