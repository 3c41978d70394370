import { useState } from 'preact/hooks';
import type { FormLine, PaperReason, PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { dateText, dayAfter } from '../parts/dates.ts';
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
  return (
    <div class="form" data-testid="form-entry">
      <PageHead title={t('form.tag', { n: serial })}>
        <p class="quiet">
          {form.issuedOn === null ? null : t('form.issued', { date: dateText(form.issuedOn, language) })}
        </p>
      </PageHead>
      {form.isElsewhere ? <p class="told">{t('form.elsewhere')}</p> : null}
      <div class="columns">
        <DayField
          label={t('form.seen-on')}
          name="seen-on"
          from={form.issuedOn}
          upto={today}
          value={seenOn}
          onDay={setSeenOn}
        />
        <DayField label={t('form.due')} name="form-due" from={seenOn} upto={null} value={due} onDay={setDue} />
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

interface DayFieldProps {
  readonly label: string;
  readonly name: string;
  readonly from: string | null;
  readonly upto: string | null;
  readonly value: string | null;
  readonly onDay: (day: string | null) => void;
}

/** A day as the form may say it. */
function DayField({ label, name, from, upto, value, onDay }: DayFieldProps) {
  const t = useText();
  return (
    <label>
      <span>
        {label} <span class="quiet">({t('form.if-any')})</span>
      </span>
      <input
        type="date"
        min={from ?? undefined}
        max={upto ?? undefined}
        data-testid={name}
        value={value ?? ''}
        onInput={({ currentTarget }) => onDay(currentTarget.value || null)}
      />
    </label>
  );
}
