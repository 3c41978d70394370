import type { EntryLine } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { EntryMark } from '../parts/entry-mark.tsx';
import { Needs } from '../parts/needs.tsx';
import { useDesk } from '../use-desk.ts';

interface PersonListProps {
  readonly people: readonly EntryLine[];
  /** The village is told on each line: they are of several. */
  readonly hasVillage: boolean;
  /** Instead of opening the person. */
  readonly onChoose?: (entry: string, name: string) => void;
}

/** People as lines: how it stands by shape and word, name, age, house, what they need. */
export function PersonList({ people, hasVillage, onChoose }: PersonListProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const choose = onChoose ?? ((entry: string) => desk.go({ page: 'person', entry }));
  return (
    <ul class="lines people">
      {people.map((one) => {
        const about = [
          hasVillage ? one.villageName : null,
          one.house ? t('common.house', { n: one.house }) : null,
          one.age === null ? null : t('common.age', { n: one.age }),
          one.isWalkIn ? t('village.walk-in') : null,
        ];
        return (
          <li key={one.entry}>
            <button type="button" class="line" data-entry={one.entry} onClick={() => choose(one.entry, one.name)}>
              <EntryMark state={one.state} />
              <span class="line-main">
                <strong>{one.name}</strong>
                <span class="quiet">{about.filter((word) => word !== null).join(' · ')}</span>
                <Needs needs={one.needs} />
              </span>
              <span class="line-state">
                <span>{t(`entry.${one.state}`)}</span>
                {one.last?.reason && one.state !== 'served' ? (
                  <span class="quiet">{one.last.reason.words[language]}</span>
                ) : null}
                {one.due && one.state === 'left' ? (
                  <span class="quiet">{t('person.due', { date: dateText(one.due, language) })}</span>
                ) : null}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
