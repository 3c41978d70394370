import { useState } from 'preact/hooks';
import type { Witness } from '../../../visit/types.ts';
import { useText } from '../../i18n/use-text.ts';
import { useAnswer, useScanned } from '../use-desk.ts';
import { Choices } from './choices.tsx';

const ROLES = ['kamnan', 'village-head', 'health-volunteer', 'officer', 'neighbour'] as const;

interface WitnessPickerProps {
  /** Who is witness already and is not offered again. */
  readonly taken: Witness | null;
  readonly onChoose: (witness: Witness) => void;
}

/** A witness: somebody who is present, a badge before the scanner, or a name with a role. */
export function WitnessPicker({ taken, onChoose }: WitnessPickerProps) {
  const t = useText();
  const { answer: team } = useAnswer({ do: 'team' });
  const [role, setRole] = useState<Witness['role'] | null>(null);
  const [name, setName] = useState('');
  useScanned((what) => {
    if (what.kind === 'badge' && what.name) setName(what.name);
  });
  const isTaken = (one: Witness) => taken !== null && one.name === taken.name && one.staff === taken.staff;
  const nameOf = (one: Witness) => one.name ?? team?.staff.find(({ id }) => id === one.staff)?.name ?? '';
  const present = team?.present.filter((one) => !isTaken(one)) ?? [];
  const typed = name.trim();
  const choose = () => {
    if (!role || !typed) return;
    const known = team?.staff.find((one) => one.name === typed);
    onChoose({ role, staff: known?.id ?? null, name: known ? null : typed });
  };
  return (
    <div class="witness">
      {present.length > 0 ? (
        <>
          <p class="label">{t('witness.present')}</p>
          <div class="tiles">
            {present.map((one) => (
              <button
                type="button"
                key={`${one.staff}/${one.name}`}
                class="choice"
                data-witness={nameOf(one)}
                onClick={() => onChoose(one)}
              >
                <span>
                  {nameOf(one)}
                  <small class="quiet">{t(`witness.${one.role}`)}</small>
                </span>
              </button>
            ))}
          </div>
        </>
      ) : null}
      <p class="label">{t('witness.role')}</p>
      <Choices
        label={t('witness.role')}
        look="chips"
        options={ROLES}
        chosen={role}
        onChoose={setRole}
        render={(one) => t(`witness.${one}`)}
      />
      <label>
        {t('witness.name')}
        <input
          maxLength={120}
          autocomplete="off"
          data-testid="witness-name"
          placeholder={t('witness.scan')}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button
        type="button"
        class="primary"
        data-testid="choose-witness"
        disabled={!role || !typed || typed === taken?.name}
        onClick={choose}
      >
        {t('witness.choose')}
      </button>
    </div>
  );
}
