import type { DayState } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';

/** The day's figures, village by village. */
export function DayVillages({ villages }: Pick<DayState, 'villages'>) {
  const t = useText();
  if (villages.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('day.villages')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('day.village')}</th>
            <th scope="col">{t('day.served')}</th>
            <th scope="col">{t('day.left')}</th>
            <th scope="col">{t('day.new-card')}</th>
          </tr>
        </thead>
        <tbody>
          {villages.map(({ village, name, served, left, newCard }) => (
            <tr key={village}>
              <th scope="row">{name}</th>
              <td>{served}</td>
              <td>{left}</td>
              <td>{newCard}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
