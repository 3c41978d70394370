import { useState } from 'preact/hooks';
import type { ReceiptVerdict } from '../../../kiosk/desk-protocol.ts';
import { dateText, timeText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useDesk, useScanned } from '../use-desk.ts';

const ICONS = { genuine: 'shield', changed: 'warning', 'unknown-issuer': 'search', 'not-a-receipt': 'qr' } as const;

/** Is this receipt one of ours: held before the scanner, or its text pasted in. */
export function Verify({ scanned }: { readonly scanned: ReceiptVerdict | null }) {
  const t = useText();
  const desk = useDesk();
  const [verdict, setVerdict] = useState(scanned);
  const [text, setText] = useState('');
  useScanned((what) => {
    if (what.kind === 'receipt') setVerdict(what.verdict);
  });
  const check = async (event: Event) => {
    event.preventDefault();
    const answer = await desk.ask({ do: 'verify-receipt', text: text.trim() });
    if (answer) setVerdict(answer);
  };
  return (
    <form class="form" onSubmit={check}>
      <PageHead title={t('verify.main')}>
        <p class="quiet">{t('verify.help')}</p>
      </PageHead>
      <div role="status">{verdict ? <Verdict verdict={verdict} /> : null}</div>
      <label>
        {t('verify.text')}
        <textarea
          rows={3}
          maxLength={4000}
          data-testid="receipt-text"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="submit" class="primary" data-testid="verify" disabled={!text.trim()}>
          {t('verify.check')}
        </button>
      </div>
    </form>
  );
}

function Verdict({ verdict: { state, receipt } }: { readonly verdict: ReceiptVerdict }) {
  const t = useText();
  const language = useLanguage();
  return (
    <section class={`card verdict-card ${state}`} data-testid="verdict" data-verdict={state}>
      <h2>
        <Icon name={ICONS[state]} /> {t(`verify.${state}`)}
      </h2>
      <p>{t(`verify.${state}-help`)}</p>
      {receipt ? (
        <dl class="sums">
          <dt>{t('receipt.code')}</dt>
          <dd>{receipt.code}</dd>
          <dt>{t('visit.result')}</dt>
          <dd>{t(`outcome.${receipt.outcome}`)}</dd>
          <dt>{t('verify.at')}</dt>
          <dd>
            {dateText(receipt.at, language)} {timeText(receipt.at, language)}
          </dd>
          <dt>{t('verify.station')}</dt>
          <dd>{receipt.station}</dd>
          {receipt.maskedNumber ? (
            <>
              <dt>{t('verify.number')}</dt>
              <dd>{receipt.maskedNumber}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </section>
  );
}
