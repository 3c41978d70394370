import { useState } from 'preact/hooks';
import type { FormFacts, PaperReason, PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NextStepLine } from '../parts/next-step.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { iconOf } from '../people/quick.ts';
import { useAnswer, useDesk } from '../use-desk.ts';
import { type FormWhy, formChoiceOf, ON_PAPER, PAPER_REASONS } from './on-paper.ts';

interface FormOutcomesProps {
  readonly facts: FormFacts;
  readonly onOfficers: (why: PaperReason) => void;
  readonly onRecorded: (outcome: PastOutcome) => void;
}

/** Every line that may be marked on the sheet. What two officers decided is theirs to say once more. */
export function FormOutcomes({ facts, onOfficers, onRecorded }: FormOutcomesProps) {
  const t = useText();
  const [why, setWhy] = useState<FormWhy | null>(null);
  return (
    <>
      <section class="card">
        <h2>{t('form.officers')}</h2>
        <p class="quiet">{t('form.officers-help')}</p>
        <div class="tiles">
          {PAPER_REASONS.map((one) => (
            <button type="button" key={one} class="choice" data-officers={one} onClick={() => onOfficers(one)}>
              <Icon name="team" />
              {t(`form.${one}`)}
            </button>
          ))}
        </div>
      </section>
      <section class="card">
        <h2>{t('form.outcome')}</h2>
        <div class="tiles">
          {ON_PAPER.map((one) => (
            <button type="button" key={one} class="choice" data-why={one} onClick={() => setWhy(one)}>
              <Icon name={one === 'no-answer' ? 'clock' : iconOf(one)} />
              {wordOf(t, one)}
            </button>
          ))}
        </div>
      </section>
      {why ? <FormSheet facts={facts} why={why} onRecorded={onRecorded} onClose={() => setWhy(null)} /> : null}
    </>
  );
}

interface FormSheetProps {
  readonly facts: FormFacts;
  readonly why: FormWhy;
  readonly onRecorded: (outcome: PastOutcome) => void;
  readonly onClose: () => void;
}

/** Says what will be recorded: nothing can be undone, so it is asked once. */
function FormSheet({ facts, why, onRecorded, onClose }: FormSheetProps) {
  const t = useText();
  const desk = useDesk();
  const { entry, seenOn, due } = facts;
  const choice = formChoiceOf(why);
  const { answer: step } = useAnswer({ do: 'plan', entry, choice, seenOn });
  const record = async () => {
    const outcome = await desk.ask({ do: 'record-form', ...facts, choice });
    onClose();
    if (outcome) onRecorded(outcome);
  };
  return (
    <Sheet
      title={t('confirm.main', { why: wordOf(t, why) })}
      onClose={onClose}
      actions={
        <button type="button" class="primary" data-testid="record" onClick={record}>
          {t('common.record')}
        </button>
      }
    >
      {step ? <NextStepLine step={{ ...step, due: due ?? step.due }} /> : null}
    </Sheet>
  );
}

const wordOf = (t: ReturnType<typeof useText>, why: FormWhy) =>
  why === 'no-answer' ? t('form.no-answer') : t(`why.${why}`);
