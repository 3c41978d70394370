import { useState } from 'preact/hooks';
import { both } from '../../i18n/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useDesk } from '../use-desk.ts';

interface SpoiltFormProps {
  readonly serial: string;
  readonly onSpoilt: () => void;
}

/** A form that went wrong is told, so that in the evening every number is accounted for. */
export function SpoiltForm({ serial, onSpoilt }: SpoiltFormProps) {
  const t = useText();
  const desk = useDesk();
  const [isAsked, setAsked] = useState(false);
  const spoil = async () => {
    const done = await desk.ask({ do: 'spoil-form', form: serial });
    setAsked(false);
    if (!done) return;
    onSpoilt();
    desk.notice.value = { tone: 'done', words: both('form.spoilt', { n: serial }) };
  };
  return (
    <>
      <button type="button" class="second" data-testid="spoil" onClick={() => setAsked(true)}>
        {t('form.spoil')}
      </button>
      {isAsked ? (
        <Sheet
          title={t('form.spoil')}
          onClose={() => setAsked(false)}
          actions={
            <button type="button" class="primary" data-testid="sure" onClick={spoil}>
              {t('form.spoil')}
            </button>
          }
        >
          <p>{t('form.spoil-sure', { n: serial })}</p>
        </Sheet>
      ) : null}
    </>
  );
}
