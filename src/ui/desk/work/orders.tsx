import type { Overview } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { ageText } from '../../i18n/text.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { Sticks } from './sticks.tsx';

/** The lists on this station, how old they are and how long they may be used; new ones by stick or QR. */
export function Orders() {
  const t = useText();
  const { answer, refusal, again } = useAnswer({ do: 'overview' });
  return (
    <>
      <PageHead title={t('orders.main')} />
      {answer ? null : <Waiting refusal={refusal} again={again} />}
      {answer?.lists.length === 0 ? <p class="waiting">{t('orders.none')}</p> : null}
      {answer?.lists.map((list) => (
        <OrderList key={list.id} list={list} />
      ))}
      <div class="columns">
        <Sticks onImported={again} />
        <QrParts />
      </div>
    </>
  );
}

function OrderList({ list }: { readonly list: Overview['lists'][number] }) {
  const t = useText();
  const language = useLanguage();
  const now = useDesk().state.value?.clock.at ?? list.issuedAt;
  const ageS = Math.max(0, (Date.parse(now) - Date.parse(list.issuedAt)) / 1_000);
  const hasEnded = Date.parse(now) > Date.parse(list.validUntil);
  return (
    <section class={`card ${hasEnded ? 'told' : ''}`} data-list={list.id}>
      <h2>
        {list.programme} <span class="quiet">{t('orders.rev', { n: list.rev })}</span>
      </h2>
      <p>
        {t('common.people', { n: list.people })} · {t('orders.issued', { date: dateText(list.issuedAt, language) })} ·{' '}
        {t('orders.old', { age: ageText(language, ageS) })}
      </p>
      <p class={hasEnded ? '' : 'quiet'}>
        {t(hasEnded ? 'orders.ended' : 'orders.until', { date: dateText(list.validUntil, language) })}
      </p>
    </section>
  );
}

function QrParts() {
  const t = useText();
  const what = useDesk().state.value?.scanned?.what;
  return (
    <section class="card">
      <h2>
        <Icon name="qr" /> {t('orders.qr')}
      </h2>
      <p class="quiet">{t('orders.qr-help')}</p>
      {what?.kind === 'orders-part' ? (
        <>
          <progress class="parts-read" max={what.of} value={what.have} aria-label={t('orders.qr')} />
          <p role="status" data-testid="qr-parts">
            {t('orders.qr-have', { have: what.have, of: what.of })}
          </p>
        </>
      ) : null}
    </section>
  );
}
