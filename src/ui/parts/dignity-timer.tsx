import { useEffect, useState } from 'preact/hooks';
import { useText } from '../i18n/use-text.ts';

/** The time that is fair to ask of somebody at their bedside, s. */
const WHOLE_S = 180;

/** A quiet ring that empties, and the time left; no alarm, no colour. @param secondsLeft as the station last said */
export function DignityTimer({ secondsLeft }: { readonly secondsLeft: number }) {
  const t = useText();
  const left = useCountdown(secondsLeft);
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const share = Math.min(left / WHOLE_S, 1) * 100;
  return (
    <p class="dignity" role="timer" aria-label={t('bedside.time', { time })}>
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="16" fill="none" stroke="var(--mist)" stroke-width="5" />
        <circle
          class="time-left"
          cx="20"
          cy="20"
          r="16"
          pathLength="100"
          stroke-dasharray={`${share} 100`}
          transform="rotate(-90 20 20)"
          fill="none"
          stroke="var(--blue)"
          stroke-width="5"
          stroke-linecap="round"
        />
      </svg>
      <span class="dignity-time">{time}</span>
    </p>
  );
}

/** Counts down between two words of the station, never below nothing. @returns whole seconds */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    setLeft(seconds);
    const tick = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 1000);
    return () => clearInterval(tick);
  }, [seconds]);
  return Math.max(0, Math.round(left));
}
