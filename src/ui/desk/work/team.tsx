import { useState } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { WitnessPicker } from '../parts/witness-picker.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';

/** Who is here: witnesses who attend, and the staff with their roles. */
export function Team() {
  const t = useText();
  const desk = useDesk();
  const [isAdding, setAdding] = useState(false);
  const { answer: team, refusal, again } = useAnswer({ do: 'team' });
  const nameOf = (staff: string | null) => team?.staff.find(({ id }) => id === staff)?.name;
  return (
    <>
      <PageHead title={t('team.main')} />
      {team ? null : <Waiting refusal={refusal} again={again} />}
      <div class="columns">
        <section class="card">
          <h2>{t('team.present')}</h2>
          {team?.present.length === 0 ? <p class="quiet">{t('team.nobody')}</p> : null}
          <ul class="facts">
            {team?.present.map((one) => (
              <li key={`${one.staff}/${one.name}`}>
                <span>
                  <Icon name="person" /> {one.name ?? nameOf(one.staff)}
                </span>
                <span class="quiet">{t(`witness.${one.role}`)}</span>
              </li>
            ))}
          </ul>
          <button type="button" class="primary" data-testid="attend" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t('team.add')}
          </button>
        </section>
        <section class="card">
          <h2>{t('team.staff')}</h2>
          <ul class="facts">
            {team?.staff.map((one) => (
              <li key={one.id}>
                <span>
                  <Icon name="badge" /> {one.name}
                  <span class="quiet">
                    {one.organisation}
                    {one.hasPin ? '' : ` · ${t('team.no-pin')}`}
                  </span>
                </span>
                <span class="quiet">{t(`role.${one.role}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {isAdding ? (
        <Sheet title={t('team.add')} onClose={() => setAdding(false)}>
          <WitnessPicker
            taken={null}
            onChoose={async (witness) => {
              setAdding(false);
              if (await desk.ask({ do: 'attend', witness })) again();
            }}
          />
        </Sheet>
      ) : null}
    </>
  );
}
