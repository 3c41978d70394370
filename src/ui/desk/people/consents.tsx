import { useState } from 'preact/hooks';
import type { PersonDetail } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useDesk } from '../use-desk.ts';

interface ConsentsProps {
  readonly person: PersonDetail;
  readonly again: () => void;
}

/** What somebody agreed to; each can be taken back here, at no cost to them. */
export function Consents({ person, again }: ConsentsProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [purpose, setPurpose] = useState<string | null>(null);
  if (person.consents.length === 0) return null;
  const withdraw = async () => {
    if (!purpose) return;
    const done = await desk.ask({ do: 'withdraw-consent', entry: person.entry, purpose });
    setPurpose(null);
    if (done) again();
  };
  return (
    <section class="card">
      <h2>{t('person.consents')}</h2>
      <ul class="facts">
        {person.consents.map((consent) => (
          <li key={consent.purpose}>
            <span>
              {consent.words[language]}
              <span class="quiet">
                {t(consent.given ? 'person.given' : 'person.not-given', { date: dateText(consent.at, language) })}
              </span>
            </span>
            {consent.given ? (
              <button
                type="button"
                class="tool"
                data-withdraw={consent.purpose}
                onClick={() => setPurpose(consent.purpose)}
              >
                {t('person.withdraw')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {purpose ? (
        <Sheet
          title={t('person.withdraw')}
          onClose={() => setPurpose(null)}
          actions={
            <button type="button" class="primary" data-testid="sure" onClick={withdraw}>
              {t('person.withdraw')}
            </button>
          }
        >
          <p>{t('person.withdraw-sure')}</p>
        </Sheet>
      ) : null}
    </section>
  );
}
