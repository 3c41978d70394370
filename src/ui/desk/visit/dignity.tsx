import { useText } from '../../i18n/use-text.ts';

/** Of which the ring is a share, s. */
const WHOLE_S = 180;
const ROUND = 2 * Math.PI * 44;

/** At a bedside: how long it is still fair to ask; at its end the person rests and officers go on. */
export function Dignity({ leftS }: { readonly leftS: number }) {
  const t = useText();
  const minutes = Math.floor(leftS / 60);
  const time = `${minutes}:${String(leftS % 60).padStart(2, '0')}`;
  return (
    <div class="card dignity" role="timer" aria-label={`${t('visit.dignity')} ${time}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" class="track" />
        <circle
          cx="50"
          cy="50"
          r="44"
          class="left"
          stroke-dasharray={`${(Math.min(leftS / WHOLE_S, 1) * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`}
          transform="rotate(-90 50 50)"
        />
      </svg>
      <p>
        <span class="quiet">{t('visit.dignity')}</span>
        <strong>{time}</strong>
        {leftS === 0 ? <span>{t('visit.dignity-over')}</span> : null}
      </p>
    </div>
  );
}
