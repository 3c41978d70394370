import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { FilterChips } from './filter-chips.tsx';
import { PersonList } from './person-list.tsx';
import { isShown } from './scope.ts';
import { Counts } from './village-list.tsx';

/** The people of one village. */
export function Village({ code }: { readonly code: string }) {
  const t = useText();
  const desk = useDesk();
  const { answer, refusal, again } = useAnswer({ do: 'village', village: code });
  if (!answer) {
    return (
      <>
        <PageHead title={t('village.people')} />
        <Waiting refusal={refusal} again={again} />
      </>
    );
  }
  const { village, people } = answer;
  const shown = people.filter(({ state }) => isShown(state, desk.filter.value));
  return (
    <>
      <PageHead title={`${t('common.moo', { n: village.moo })} ${village.name}`}>
        <p class="quiet">
          {village.tambon} · <Counts village={village} />
        </p>
      </PageHead>
      <FilterChips />
      {shown.length > 0 ? (
        <PersonList people={shown} hasVillage={false} />
      ) : (
        <p class="waiting">{t('village.nobody')}</p>
      )}
      <p class="page-foot">
        <button type="button" class="second" onClick={() => desk.go({ page: 'walk-in', name: '' })}>
          <Icon name="plus" />
          {t('today.walk-in')}
        </button>
      </p>
    </>
  );
}
