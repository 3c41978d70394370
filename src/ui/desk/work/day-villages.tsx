import type { DayState } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { visitsOnNoList } from './figures.ts';

/** The day's figures, village by village. */
export function DayVillages({ counts, villages }: Pick<DayState, 'counts' | 'villages'>) {
  const t = useText();
  const onNoList = visitsOnNoList({ counts, villages });
  if (villages.length === 0 && onNoList === 0) return null;
  return (
    <section class="card">
      <h2>{t('day.villages')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('day.village')}</th>
            <th scope="col">{t('day.visited')}</th>
            <th scope="col">{t('day.served')}</th>
            <th scope="col">{t('day.left')}</th>
            <th scope="col">{t('day.new-card')}</th>
          </tr>
        </thead>
        <tbody>
          {villages.map(({ village, name, visits, served, left, newCard }) => (
            <tr key={village}>
              <th scope="row">{name}</th>
              <td>{visits}</td>
              <td>{served}</td>
              <td>{left}</td>
              <td>{newCard}</td>
            </tr>
          ))}
          {onNoList > 0 ? (
            <tr data-testid="on-no-list">
              <th scope="row">{t('day.on-no-list')}</th>
              <td>{onNoList}</td>
              <td>0</td>
              <td>0</td>
              <td>0</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}
