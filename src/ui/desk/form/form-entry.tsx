import { useState } from 'preact/hooks';
import type { FormLine, PaperReason, PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { dateText, dayAfter } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { DateField } from '../parts/date-field.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Found } from '../people/found.tsx';
import { useAnswer, useDesk, useScanned } from '../use-desk.ts';
import { FormOfficers } from './form-officers.tsx';
import { FormOutcomes } from './form-outcomes.tsx';
import { SpoiltForm } from './spoilt-form.tsx';

interface FormEntryProps {
  readonly form: FormLine;
  readonly onRecorded: (outcome: PastOutcome) => void;
  readonly onOther: () => void;
}

/** One form, in the order of the sheet: the day, whose it is, what it says. */
export function FormEntry({ form, onRecorded, onOther }: FormEntryProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { serial } = form;
  const [seenOn, setSeenOn] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [entry, setEntry] = useState<string | null>(null);
  const [why, setWhy] = useState<PaperReason | null>(null);
  const { answer: person } = useAnswer(entry === null ? null : ({ do: 'person', entry } as const));
  useScanned((what) => {
    if (what.kind === 'person') setEntry(what.entry);
  });
  const today = dayAfter(desk.state.value?.clock.at ?? '', 0);
  const facts = { form: serial, entry: entry ?? '', seenOn, due };
  if (entry !== null && why !== null) {
    return <FormOfficers facts={facts} why={why} onRecorded={onRecorded} onBack={() => setWhy(null)} />;
  }
  /** The officers begin anew: what one of them may have answered before does not count. */
  const toOfficers = async (reason: PaperReason) => {
    if (await desk.ask({ do: 'form', form: serial })) setWhy(reason);
  };
  const ifAny = (label: 'form.seen-on' | 'form.due') => (
    <span>
      {t(label)} <span class="quiet">({t('form.if-any')})</span>
    </span>
  );
  return (
    <div class="form" data-testid="form-entry">
      <PageHead title={t('form.tag', { n: serial })}>
        <p class="quiet">
          {form.issuedOn === null ? null : t('form.issued', { date: dateText(form.issuedOn, language) })}
        </p>
      </PageHead>
      {form.isElsewhere ? <p class="told">{t('form.elsewhere')}</p> : null}
      <div class="columns">
        <DateField
          label={ifAny('form.seen-on')}
          testId="seen-on"
          min={form.issuedOn ?? undefined}
          max={today}
          value={seenOn ?? ''}
          onChoose={(day) => setSeenOn(day || null)}
        />
        <DateField
          label={ifAny('form.due')}
          testId="form-due"
          min={seenOn ?? undefined}
          value={due ?? ''}
          onChoose={(day) => setDue(day || null)}
        />
      </div>
      {entry === null ? (
        <>
          <label>
            {t('form.find')}
            <input
              type="search"
              autocomplete="off"
              data-testid="form-find"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          {text.trim() ? <Found text={text.trim()} onChoose={setEntry} /> : null}
        </>
      ) : (
        <>
          <section class="card">
            <div class="proof-head">
              <h2>{[person?.name, person?.villageName].filter((word) => word).join(' · ')}</h2>
              <button type="button" class="tool" onClick={() => setEntry(null)}>
                {t('sign.other')}
              </button>
            </div>
          </section>
          <FormOutcomes facts={facts} onOfficers={toOfficers} onRecorded={onRecorded} />
        </>
      )}
      <div class="actions">
        <button type="button" class="second" data-testid="form-other" onClick={onOther}>
          {t('form.other')}
        </button>
        {form.isElsewhere ? null : <SpoiltForm serial={serial} onSpoilt={onOther} />}
      </div>
    </div>
  );
}
