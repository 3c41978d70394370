import type { VillageLine } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { EntryMark } from '../parts/entry-mark.tsx';
import { useDesk } from '../use-desk.ts';
import { stateOf } from './scope.ts';

/** The same villages as on the map, as lines with their counts. */
export function VillageList({ villages }: { readonly villages: readonly VillageLine[] }) {
  const t = useText();
  const desk = useDesk();
  if (villages.length === 0) return <p class="waiting">{t('today.nobody-here')}</p>;
  return (
    <ol class="lines">
      {villages.map((village) => {
        const { code, moo, name, tambon, order, served, people } = village;
        return (
          <li key={code}>
            <button
              type="button"
              class="line"
              data-village={code}
              onClick={() => desk.go({ page: 'village', village: code })}
            >
              <EntryMark state={stateOf(village)} />
              <span class="line-main">
                <strong>
                  {t('common.moo', { n: moo })} {name}
                </strong>
                <span class="quiet">
                  {tambon} · {t('today.served-of', { served, people })}
                </span>
                <Counts village={village} />
              </span>
              {order === null ? null : (
                <span class="order">
                  <span class="sr-only">{t('today.order', { n: order })}</span>
                  <span aria-hidden="true">{order}</span>
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** What is still to be done in a village, in words. */
export function Counts({ village: { left, newCard, dueToday } }: { readonly village: VillageLine }) {
  const t = useText();
  const words = [
    dueToday > 0 ? t('today.due', { n: dueToday }) : null,
    left > 0 ? t('today.left', { n: left }) : null,
    newCard > 0 ? t('today.new-card', { n: newCard }) : null,
  ].filter((one) => one !== null);
  return (
    <span class="counts">
      {words.length > 0 ? words.map((word) => <span key={word}>{word}</span>) : t('today.village-done')}
    </span>
  );
}
