import { useState } from 'preact/hooks';
import type { FormFacts, PaperReason, PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { isRefusal } from '../desk.ts';
import { PageHead } from '../parts/page-head.tsx';
import { Proof } from '../sign/proof.tsx';
import { useDesk } from '../use-desk.ts';
import { JudgeQuestion } from '../visit/judge-question.tsx';
import type { Judgement } from '../visit/judgement.ts';

interface FormOfficersProps {
  readonly facts: FormFacts;
  readonly why: PaperReason;
  readonly onRecorded: (outcome: PastOutcome) => void;
  readonly onBack: () => void;
}

/** Both officers who signed the form, one after the other; nothing of the first answer is left on the page. */
export function FormOfficers(props: FormOfficersProps) {
  const [answered, setAnswered] = useState(0);
  return (
    <Officer key={answered} {...props} isSecond={answered > 0} onWaiting={() => setAnswered((count) => count + 1)} />
  );
}

interface OfficerProps extends FormOfficersProps {
  readonly isSecond: boolean;
  readonly onWaiting: () => void;
}

function Officer({ facts, why, isSecond, onRecorded, onWaiting, onBack }: OfficerProps) {
  const t = useText();
  const desk = useDesk();
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  const who = `${t(isSecond ? 'judge.second' : 'judge.first')} · ${t('form.tag', { n: facts.form })}`;
  return (
    <div class="form" data-testid="form-officer" data-officer={isSecond ? 2 : 1}>
      <PageHead title={t(judgement ? 'judge.who' : 'form.signed')}>
        <p class="quiet">{who}</p>
      </PageHead>
      {judgement ? (
        <Proof
          first={isSecond ? null : (desk.state.value?.session?.staff ?? null)}
          may={({ role }) => role === 'operator' || role === 'officer' || role === 'chief'}
          onProve={async (credential) => {
            const said = await desk.tryAsk({ do: 'decide-form', ...facts, why, credential, ...judgement });
            if (isRefusal(said)) return said;
            if (said.state === 'recorded') onRecorded(said.outcome);
            else onWaiting();
            return undefined;
          }}
        />
      ) : (
        <JudgeQuestion onJudged={setJudgement} />
      )}
      <div class="actions">
        {judgement ? (
          <button type="button" class="second" onClick={() => setJudgement(null)}>
            {t('judge.change')}
          </button>
        ) : null}
        <button type="button" class="second" data-testid="form-back" onClick={onBack}>
          {t('form.back')}
        </button>
      </div>
    </div>
  );
}
