import { encode } from 'uqr';
import type { Receipt } from '../../kiosk/protocol.ts';
import { useText } from '../i18n/use-text.ts';

/** What the citizen takes along: a QR for a telephone's camera and a short code to read aloud. */
export function ReceiptSlip({ receipt }: { readonly receipt: Receipt }) {
  const t = useText();
  const { data, size } = encode(receipt.qrText, { ecc: 'M', border: 3 });
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <div class="receipt">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('receipt.qr', { code: receipt.code })}>
        <path d={dark.join('')} fill="currentColor" shape-rendering="crispEdges" />
      </svg>
      <p>
        <span class="receipt-label">{t('receipt.code')}</span> <strong>{receipt.code}</strong>
      </p>
    </div>
  );
}
