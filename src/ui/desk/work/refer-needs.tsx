import { useState } from 'preact/hooks';
import type { ReferralNeeds } from '../../../kiosk/desk-protocol.ts';
import { dayAfter } from '../../i18n/dates.ts';
import { both } from '../../i18n/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { Choices } from '../parts/choices.tsx';
import { DateField } from '../parts/date-field.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useDesk } from '../use-desk.ts';

const TRANSPORT = ['own', 'needs-ride', 'cannot-travel'] as const;

interface ReferNeedsProps {
  readonly visitId: string;
  readonly name: string;
  readonly needs: ReferralNeeds | null;
}

/** What the district office needs to know to finish in one trip. */
export function ReferNeeds({ visitId, name, needs }: ReferNeedsProps) {
  const t = useText();
  const desk = useDesk();
  const [transport, setTransport] = useState<ReferralNeeds['transport']>(needs?.transport ?? 'own');
  const [bedsideReissue, setBedside] = useState(needs?.bedsideReissue ?? false);
  const [contact, setContact] = useState(needs?.contact ?? '');
  const [appointment, setAppointment] = useState(needs?.appointment ?? '');
  const save = async (event: Event) => {
    event.preventDefault();
    const told = { transport, bedsideReissue, contact: contact.trim() || null, appointment: appointment || null };
    if (!(await desk.ask({ do: 'refer', visitId, needs: told }))) return;
    desk.back();
    desk.notice.value = { tone: 'done', words: both('refer.saved') };
  };
  return (
    <form class="form" onSubmit={save}>
      <PageHead title={t('refer.needs')}>
        <p class="quiet">{t('refer.needs-of', { name })}</p>
      </PageHead>
      <h2>{t('refer.transport')}</h2>
      <Choices
        label={t('refer.transport')}
        look="tiles"
        options={TRANSPORT}
        chosen={transport}
        onChoose={setTransport}
        render={(one) => t(`refer.${one}`)}
      />
      <button
        type="button"
        class="choice"
        aria-pressed={bedsideReissue}
        data-testid="bedside-reissue"
        onClick={() => setBedside(!bedsideReissue)}
      >
        <Icon name={bedsideReissue ? 'tick' : 'card'} />
        {t('refer.bedside')}
      </button>
      <label>
        <span>
          {t('refer.contact')} <span class="quiet">({t('common.optional')})</span>
        </span>
        <input
          maxLength={120}
          autocomplete="off"
          data-testid="contact"
          value={contact}
          onInput={({ currentTarget }) => setContact(currentTarget.value)}
        />
      </label>
      <DateField
        label={
          <span>
            {t('refer.appointment')} <span class="quiet">({t('common.optional')})</span>
          </span>
        }
        min={dayAfter(desk.state.value?.clock.at ?? '', 0)}
        value={appointment}
        onChoose={setAppointment}
      />
      <div class="actions">
        <button type="submit" class="primary" data-testid="save">
          {t('common.save')}
        </button>
      </div>
    </form>
  );
}
