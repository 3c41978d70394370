import type { PersonDetail } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { useDesk } from '../use-desk.ts';

const HOW = [
  { how: 'pictures', icon: 'explain', label: 'person.explain-pictures' },
  { how: 'read-aloud', icon: 'line', label: 'person.explain-read' },
  { how: 'slip', icon: 'paper', label: 'person.explain-slip' },
] as const satisfies readonly { readonly icon: IconName; [key: string]: string }[];

interface ExplainedProps {
  readonly person: PersonDetail;
  readonly again: () => void;
}

/** Whether somebody was told what the programme is, and how. */
export function Explained({ person, again }: ExplainedProps) {
  const t = useText();
  const desk = useDesk();
  const note = async (how: (typeof HOW)[number]['how']) => {
    if (await desk.ask({ do: 'explained', entry: person.entry, how })) again();
  };
  return (
    <section class="card">
      <h2>{t(person.isExplained ? 'person.explained' : 'person.not-explained')}</h2>
      <div class="rows">
        {HOW.map(({ how, icon, label }) => (
          <button type="button" key={how} class="choice" data-explained={how} onClick={() => note(how)}>
            <Icon name={icon} />
            {t(label)}
          </button>
        ))}
      </div>
      <PrintButton what={{ kind: 'explain-slip' }} label={t('person.print-slip')} />
    </section>
  );
}
