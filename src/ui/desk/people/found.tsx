import { useEffect, useState } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { PersonList } from './person-list.tsx';

const PAUSE_MS = 180;

interface FoundProps {
  readonly text: string;
  /** Instead of opening the person. */
  readonly onChoose?: (entry: string, name: string) => void;
}

/** Who is meant, while it is being typed. */
export function Found({ text, onChoose }: FoundProps) {
  const t = useText();
  const desk = useDesk();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(wait);
  }, [text]);
  const { answer, refusal, again } = useAnswer(asked ? ({ do: 'find', text: asked } as const) : null);
  if (!answer)
    return refusal ? <Waiting refusal={refusal} again={again} /> : <p class="waiting">{t('today.searching')}</p>;
  return (
    <section class="found" aria-live="polite">
      <h2 data-testid="found">{answer.length > 0 ? t('today.results', { n: answer.length }) : t('today.nothing')}</h2>
      {answer.length > 0 ? (
        <PersonList people={answer} hasVillage {...(onChoose ? { onChoose } : {})} />
      ) : (
        <>
          <p>{t('today.nothing-help')}</p>
          <button type="button" class="primary" onClick={() => desk.go({ page: 'walk-in', name: nameIn(text) })}>
            <Icon name="plus" />
            {t('today.walk-in')}
          </button>
        </>
      )}
    </section>
  );
}

/** A citizen number that was searched for is nobody's name. */
const nameIn = (text: string): string => (/\p{L}/u.test(text) ? text : '');
