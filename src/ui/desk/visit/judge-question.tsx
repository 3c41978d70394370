import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfficerAnswer, OfficerReason } from '../../../visit/types.ts';
import { useText } from '../../i18n/use-text.ts';
import { Choices } from '../parts/choices.tsx';
import type { Judgement } from './judgement.ts';

type Answer = OfficerAnswer['answer'];
const ANSWERS: readonly Answer[] = ['same-person', 'not-same-person', 'cannot-tell'];

/** What an officer may go by, for each answer. */
const REASONS: Readonly<Record<Answer, readonly OfficerReason[]>> = {
  'same-person': ['face-alike', 'known-in-person', 'papers-seen'],
  'not-same-person': ['face-unlike', 'known-in-person', 'papers-seen'],
  'cannot-tell': ['pictures-unclear', 'face-changed'],
};

/** Three answers, none of them first among the others by colour; then what it is based on. */
export function JudgeQuestion({ onJudged }: { readonly onJudged: (judgement: Judgement) => void }) {
  const t = useText();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const why = useRef<HTMLDivElement>(null);
  useEffect(() => why.current?.scrollIntoView({ block: 'end' }), [answer]);
  return (
    <div class="judge-question">
      <Choices
        label={t('judge.main')}
        look="tiles"
        options={ANSWERS}
        chosen={answer}
        onChoose={setAnswer}
        render={(one) => t(`judge.${one}`)}
      />
      {answer ? (
        <div ref={why}>
          <h2>{t('judge.why')}</h2>
          <Choices
            label={t('judge.why')}
            look="tiles"
            options={REASONS[answer]}
            chosen={null}
            onChoose={(reason) => onJudged({ answer, reason })}
            render={(one) => t(`judge.${one}`)}
          />
        </div>
      ) : null}
    </div>
  );
}
