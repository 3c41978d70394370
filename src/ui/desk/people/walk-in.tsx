import { useState } from 'preact/hooks';
import type { Need } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NEEDS } from '../parts/needs.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';

/** Somebody who is on no list: a name and a village are enough. */
export function WalkIn({ name: typed }: { readonly name: string }) {
  const t = useText();
  const desk = useDesk();
  const { answer } = useAnswer({ do: 'overview' });
  const [name, setName] = useState(typed);
  const [village, setVillage] = useState('');
  const [house, setHouse] = useState('');
  const [needs, setNeeds] = useState<readonly Need[]>([]);
  const villages = [...(answer?.villages ?? [])].sort((a, b) => a.tambon.localeCompare(b.tambon) || a.moo - b.moo);
  const code = village || villages[0]?.code || '';
  const toggle = (need: Need) =>
    setNeeds(needs.includes(need) ? needs.filter((one) => one !== need) : [...needs, need]);
  const add = async (event: Event) => {
    event.preventDefault();
    if (!name.trim() || !code) return;
    const added = await desk.ask({
      do: 'add-walk-in',
      name: name.trim(),
      village: code,
      house: house.trim() || null,
      needs,
    });
    if (!added) return;
    desk.back();
    desk.go({ page: 'person', entry: added.entry });
  };
  return (
    <form class="form" onSubmit={add}>
      <PageHead title={t('walkin.main')} />
      <label>
        {t('walkin.name')}
        <input
          required
          maxLength={120}
          autocomplete="off"
          data-testid="walk-in-name"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label>
        {t('walkin.village')}
        <select value={code} onChange={({ currentTarget }) => setVillage(currentTarget.value)}>
          {villages.map((one) => (
            <option key={one.code} value={one.code}>
              {one.tambon} · {t('common.moo', { n: one.moo })} {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>
          {t('walkin.house')} <span class="quiet">({t('common.optional')})</span>
        </span>
        <input
          maxLength={60}
          autocomplete="off"
          value={house}
          onInput={({ currentTarget }) => setHouse(currentTarget.value)}
        />
      </label>
      <fieldset class="tiles">
        <legend>{t('walkin.needs')}</legend>
        {NEEDS.map((need) => (
          <button
            type="button"
            key={need}
            class="choice"
            aria-pressed={needs.includes(need)}
            onClick={() => toggle(need)}
          >
            <Icon name={need} /> {t(`need.${need}`)}
          </button>
        ))}
      </fieldset>
      <div class="actions">
        <button type="submit" class="primary" data-testid="add">
          {t('walkin.add')}
        </button>
      </div>
    </form>
  );
}
