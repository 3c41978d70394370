import { useEffect, useState } from 'preact/hooks';
import type { FormLine, Refusal } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { isRefusal } from '../desk.ts';
import { Icon } from '../parts/icon.tsx';
import { useDesk, useScanned } from '../use-desk.ts';

interface FormNumberProps {
  /** What was held before the scanner, to begin with. */
  readonly scanned: string | null;
  readonly onForm: (form: FormLine) => void;
}

/** Which form: its number typed, or its QR before the scanner. The station says whether it may be entered. */
export function FormNumber({ scanned, onForm }: FormNumberProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [serial, setSerial] = useState(scanned ?? '');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const look = async (form: string) => {
    if (form.trim() === '') return;
    const line = await desk.tryAsk({ do: 'form', form: form.trim() });
    if (isRefusal(line)) setRefusal(line);
    else onForm(line);
  };
  useEffect(() => {
    if (scanned !== null) void look(scanned);
  }, []);
  useScanned((what) => {
    if (what.kind !== 'form') return;
    setSerial(what.serial);
    void look(what.serial);
  });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void look(serial);
      }}
    >
      <label>
        {t('form.serial')}
        <input
          maxLength={80}
          autocomplete="off"
          autocapitalize="characters"
          data-testid="serial"
          placeholder={t('form.serial-help')}
          value={serial}
          onInput={({ currentTarget }) => {
            setSerial(currentTarget.value);
            setRefusal(null);
          }}
        />
      </label>
      {refusal ? (
        <p class="said" role="alert" data-testid="form-refused">
          {refusal.words[language]}
        </p>
      ) : null}
      <p class="hint">
        <Icon name="qr" /> {t('form.scan')}
      </p>
      <div class="actions">
        <button type="submit" class="primary" data-testid="form-next" disabled={serial.trim() === ''}>
          {t('common.next')}
        </button>
      </div>
    </form>
  );
}
