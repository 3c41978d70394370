import { Card } from '../drawings/card.tsx';
import { useText } from '../i18n/use-text.ts';

/** How much of the card is really read; a figure from the reader, never a guess. @param fraction 0..1 */
export function CardProgress({ fraction, say }: { readonly fraction: number; readonly say: string | null }) {
  const percent = Math.round(Math.min(Math.max(fraction, 0), 1) * 100);
  const t = useText();
  return (
    <div class="card-progress">
      <svg viewBox="-2 -2 90 58" aria-hidden="true">
        <Card />
      </svg>
      <div
        class="bar"
        role="progressbar"
        aria-label={t('reading.progress', { n: percent })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      {say ? <span class="say">{say}</span> : null}
    </div>
  );
}
