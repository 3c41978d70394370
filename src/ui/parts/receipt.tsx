import { useState } from 'preact/hooks';
import type { Receipt } from '../../kiosk/protocol.ts';
import { useText } from '../i18n/use-text.ts';
import { QrCode } from './qr-code.tsx';

/**
 * What the citizen takes along: a QR for a telephone's camera and a short code to read aloud. A touch makes it as large as the
 * glass: a signed receipt is dense, and old telephones see it better so.
 */
export function ReceiptSlip({ receipt }: { readonly receipt: Receipt }) {
  const t = useText();
  const [isLarge, setLarge] = useState(false);
  return (
    <button
      type="button"
      class={isLarge ? 'receipt large' : 'receipt'}
      aria-pressed={isLarge}
      data-testid="receipt"
      onClick={() => setLarge(!isLarge)}
    >
      <QrCode text={receipt.qrText} label={t('receipt.qr', { code: receipt.code })} />
      <span class="receipt-words">
        <span class="receipt-label" data-say="receipt.code">
          {t('receipt.code')}
        </span>{' '}
        <svg class="enlarge" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M15.5 15.5 21 21M10 7v6M7 10h6" />
          <circle cx="10" cy="10" r="7" />
        </svg>{' '}
        <strong>{receipt.code}</strong>
      </span>
    </button>
  );
}
