import { useState } from 'preact/hooks';
import type { PastOutcome, PersonDetail, VisitPlace } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { EntryMark } from '../parts/entry-mark.tsx';
import { Icon } from '../parts/icon.tsx';
import { Needs } from '../parts/needs.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { PersonFacts } from './person-facts.tsx';
import { QuickOutcomes, RecordedCard } from './quick-outcomes.tsx';

/** One person: begin, or say in a tap why not; everything else below. */
export function Person({ entry }: { readonly entry: string }) {
  const t = useText();
  const desk = useDesk();
  const { answer: person, refusal, again } = useAnswer({ do: 'person', entry });
  const [recorded, setRecorded] = useState<PastOutcome | null>(null);
  if (!person) {
    return (
      <>
        <PageHead title={t('person.details')} />
        <Waiting refusal={refusal} again={again} />
      </>
    );
  }
  const about = [
    person.villageName,
    person.house ? t('common.house', { n: person.house }) : null,
    person.age === null ? null : t('common.age', { n: person.age }),
  ];
  return (
    <>
      <PageHead title={person.name}>
        <p class="quiet">{about.filter((word) => word !== null).join(' · ')}</p>
        <p class="person-marks">
          <span class="state-word">
            <EntryMark state={person.state} /> {t(`entry.${person.state}`)}
          </span>
          <Needs needs={person.needs} />
        </p>
      </PageHead>
      {recorded ? <RecordedCard person={person} outcome={recorded} /> : null}
      {desk.has('visits') && !recorded ? (
        <div class="columns doing">
          <Begin person={person} />
          <QuickOutcomes
            person={person}
            onRecorded={(outcome) => {
              setRecorded(outcome);
              again();
            }}
          />
        </div>
      ) : null}
      <PersonFacts person={person} again={again} />
    </>
  );
}

function Begin({ person }: { readonly person: PersonDetail }) {
  const t = useText();
  const desk = useDesk();
  const { used, allowed } = person.attempts;
  const begin = async (place: VisitPlace) => {
    if (!(await desk.ask({ do: 'expect', entry: person.entry, place }))) return;
    desk.start({ page: 'visit', expecting: person.name, task: 'own' });
  };
  return (
    <section class="card begin">
      <h2>{t('person.begin')}</h2>
      <div class="begin-buttons">
        <button type="button" class="primary" data-testid="begin-here" onClick={() => begin('station')}>
          <Icon name="card" />
          {t('person.begin-here')}
        </button>
        <button type="button" class="primary" data-testid="begin-bedside" onClick={() => begin('bedside')}>
          <Icon name="bedridden" />
          {t('person.begin-bedside')}
        </button>
        <button
          type="button"
          class="second"
          data-testid="represent"
          onClick={() => desk.go({ page: 'represent', entry: person.entry, name: person.name })}
        >
          <Icon name="represent" />
          {t('person.represent')}
        </button>
      </div>
      <p class={used >= allowed ? 'told' : 'quiet'}>
        {used >= allowed ? t('person.attempts-none') : t('person.attempts', { used, allowed })}
      </p>
    </section>
  );
}
