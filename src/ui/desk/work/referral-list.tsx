import { useState } from 'preact/hooks';
import type { ReferralLine } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useDesk } from '../use-desk.ts';
import { ReferralFacts } from './referral-facts.tsx';

interface ReferralListProps {
  readonly lines: readonly ReferralLine[];
  readonly again: () => void;
}

/** Referrals under their villages; each can be completed or closed. */
export function ReferralList({ lines, again }: ReferralListProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [closing, setClosing] = useState<ReferralLine | null>(null);
  const close = async () => {
    if (!closing) return;
    const done = await desk.ask({ do: 'close-referral', visitId: closing.visitId });
    setClosing(null);
    if (done) again();
  };
  return (
    <>
      {[...Map.groupBy(lines, ({ village }) => village)].map(([village, its]) => (
        <section key={village} class="card">
          <h2>
            {its[0]?.villageName} <span class="quiet">{t('common.people', { n: its.length })}</span>
          </h2>
          <ul class="facts">
            {its.map((line) => (
              <li key={line.visitId} data-referral={line.visitId}>
                <span>
                  <strong>{line.name}</strong> <span class="quiet">{line.reason.words[language]}</span>
                  <ReferralFacts referral={line} />
                </span>
                {line.closed ? null : (
                  <span class="pair">
                    <button
                      type="button"
                      class="tool"
                      aria-label={`${t('refer.edit')} ${line.name}`}
                      onClick={() => desk.go({ page: 'refer', visitId: line.visitId, name: line.name, needs: line })}
                    >
                      {t('refer.edit')}
                    </button>
                    <button
                      type="button"
                      class="tool"
                      aria-label={`${t('refer.close')} ${line.name}`}
                      onClick={() => setClosing(line)}
                    >
                      {t('refer.close')}
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {closing ? (
        <Sheet
          title={`${t('refer.close')} · ${closing.name}`}
          onClose={() => setClosing(null)}
          actions={
            <button type="button" class="primary" data-testid="sure" onClick={close}>
              {t('refer.close')}
            </button>
          }
        >
          <p>{t('refer.close-sure')}</p>
        </Sheet>
      ) : null}
    </>
  );
}
