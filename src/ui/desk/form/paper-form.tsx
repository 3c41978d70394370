import { useState } from 'preact/hooks';
import type { FormLine, PastOutcome } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NextStepLine } from '../parts/next-step.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { FormEntry } from './form-entry.tsx';
import { FormNumber } from './form-number.tsx';

/** Sheets that were filled in while the station was dead, one after the other. @param serial as it was scanned, or `null` */
export function PaperForm({ serial }: { readonly serial: string | null }) {
  const t = useText();
  const [form, setForm] = useState<FormLine | null>(null);
  const [entered, setEntered] = useState<{ readonly serial: string; readonly outcome: PastOutcome } | null>(null);
  if (form) {
    return (
      <FormEntry
        form={form}
        onOther={() => setForm(null)}
        onRecorded={(outcome) => {
          setEntered({ serial: form.serial, outcome });
          setForm(null);
        }}
      />
    );
  }
  return (
    <div class="form">
      <PageHead title={t('form.main')} />
      {entered ? <Entered {...entered} /> : null}
      <FormNumber
        scanned={entered ? null : serial}
        onForm={(line) => {
          setEntered(null);
          setForm(line);
        }}
      />
    </div>
  );
}

function Entered({ serial, outcome }: { readonly serial: string; readonly outcome: PastOutcome }) {
  const t = useText();
  return (
    <section class="card recorded" role="status" data-testid="form-recorded">
      <h2>
        <Icon name="tick" /> {t('form.tag', { n: serial })} · {t(`outcome.${outcome.outcome}`)}
      </h2>
      <NextStepLine step={outcome.nextStep} />
      <p>{t('person.receipt', { code: outcome.receipt })}</p>
      <div class="actions">
        <PrintButton what={{ kind: 'receipt', visitId: outcome.visitId }} label={t('common.print')} />
      </div>
    </section>
  );
}
