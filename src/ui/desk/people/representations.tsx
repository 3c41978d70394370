import { useState } from 'preact/hooks';
import type { RepresentationLine } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';

/** From this many people on, the same representative is asked about. */
const MANY = 3;

interface RepresentationsProps {
  readonly list: readonly RepresentationLine[];
  readonly again: () => void;
}

/** Who stands for somebody, until when, and the way to end it. */
export function Representations({ list, again }: RepresentationsProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [revoked, setRevoked] = useState<string | null>(null);
  const { answer: staff } = useAnswer(list.some(({ attestedBy }) => attestedBy !== null) ? { do: 'staff' } : null);
  const nameOf = (id: string) => staff?.find((one) => one.id === id)?.name ?? id;
  if (list.length === 0) return null;
  const revoke = async () => {
    if (!revoked) return;
    const done = await desk.ask({ do: 'revoke-representation', id: revoked });
    setRevoked(null);
    if (done) again();
  };
  return (
    <section class="card">
      <h2>{t('person.representations')}</h2>
      <ul class="facts">
        {list.map((one) => (
          <li key={one.id}>
            <span>
              {t(`relation.${one.relation}`)}
              <span class="quiet">
                {one.isRevoked ? t('person.revoked') : t('person.until', { date: dateText(one.until, language) })}
              </span>
              {one.attestedBy === null ? null : (
                <span class="quiet">{t('person.attested', { name: nameOf(one.attestedBy) })}</span>
              )}
              {one.peopleOfRepresentative >= MANY && !one.isRevoked ? (
                <span class="told">{t('person.many', { n: one.peopleOfRepresentative })}</span>
              ) : null}
            </span>
            {one.isRevoked ? null : (
              <button type="button" class="tool" data-revoke={one.id} onClick={() => setRevoked(one.id)}>
                {t('person.revoke')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {revoked ? (
        <Sheet
          title={t('person.revoke')}
          onClose={() => setRevoked(null)}
          actions={
            <button type="button" class="primary" data-testid="sure" onClick={revoke}>
              {t('person.revoke')}
            </button>
          }
        >
          <p>{t('person.revoke-sure')}</p>
        </Sheet>
      ) : null}
    </section>
  );
}
