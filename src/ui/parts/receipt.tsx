import type { Receipt } from '../../kiosk/protocol.ts';
import { useText } from '../i18n/use-text.ts';
import { QrCode } from './qr-code.tsx';

/** What the citizen takes along: a QR for a telephone's camera and a short code to read aloud. */
export function ReceiptSlip({ receipt }: { readonly receipt: Receipt }) {
  const t = useText();
  return (
    <div class="receipt">
      <QrCode text={receipt.qrText} label={t('receipt.qr', { code: receipt.code })} />
      <p>
        <span class="receipt-label" data-say="receipt.code">
          {t('receipt.code')}
        </span>{' '}
        <strong>{receipt.code}</strong>
      </p>
    </div>
  );
}
