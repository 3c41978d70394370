import { useRef, useState } from 'preact/hooks';
import type { PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { dayAfter, dayText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { NextStepLine } from '../parts/next-step.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { choiceOf, mayBeDated, type Why } from './quick.ts';

const IN_DAYS = [1, 3, 7] as const;

interface RecordSheetProps {
  readonly entry: string;
  readonly why: Why;
  readonly onRecorded: (outcome: PastOutcome) => void;
  readonly onClose: () => void;
}

/** Says what will be recorded, with its next step and day; nothing can be undone, so it is asked once. */
export function RecordSheet({ entry, why, onRecorded, onClose }: RecordSheetProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const choice = choiceOf(why);
  const { answer: step } = useAnswer({ do: 'plan', entry, choice, seenOn: null });
  const [due, setDue] = useState<string | null>(null);
  const today = desk.state.value?.clock.at ?? '';
  // A second tap comes before the sheet is gone, and before the button could be drawn as not to be pressed.
  const isUnderway = useRef(false);
  const record = async () => {
    if (isUnderway.current) return;
    isUnderway.current = true;
    const outcome = await desk.ask({ do: 'record', entry, choice, due });
    onClose();
    if (outcome) onRecorded(outcome);
  };
  const kind = SAID[why];
  return (
    <Sheet
      title={t('confirm.main', { why: t(`why.${why}`) })}
      onClose={onClose}
      actions={
        <button type="button" class="primary" data-testid="record" onClick={record}>
          {t('common.record')}
        </button>
      }
    >
      {kind ? <p>{t(kind)}</p> : null}
      {step ? <NextStepLine step={{ ...step, due: due ?? step.due }} /> : null}
      {mayBeDated(why) && today ? (
        <fieldset class="chips">
          <legend>{t('confirm.when')}</legend>
          <button type="button" class="choice" aria-pressed={due === null} onClick={() => setDue(null)}>
            {t('confirm.as-planned')}
          </button>
          {IN_DAYS.map((days) => {
            const day = dayAfter(today, days);
            return (
              <button type="button" key={days} class="choice" aria-pressed={due === day} onClick={() => setDue(day)}>
                {days === 1 ? t('confirm.tomorrow') : t('confirm.in-days', { n: days })}{' '}
                <small>{dayText(day, language)}</small>
              </button>
            );
          })}
        </fieldset>
      ) : null}
    </Sheet>
  );
}

/** What staff say or keep in mind; respect first. */
const SAID: Readonly<Partial<Record<Why, 'confirm.sorry' | 'confirm.free' | 'confirm.respect'>>> = {
  deceased: 'confirm.sorry',
  declined: 'confirm.free',
  'refused-visit': 'confirm.respect',
};
