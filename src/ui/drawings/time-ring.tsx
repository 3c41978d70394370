import { Backdrop } from './backdrop.tsx';

/** The time given to answer, s (kiosk design: 30 s, extended as often as asked for). */
const WHOLE_S = 30;

/** A clock whose ring empties slowly. */
export function TimeRing({ secondsLeft }: { readonly secondsLeft: number }) {
  const share = Math.min(Math.max(secondsLeft / WHOLE_S, 0), 1) * 100;
  return (
    <svg class="art time-ring" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <circle cx="60" cy="60" r="42" fill="#fff" stroke="var(--mist)" stroke-width="9" />
      <circle
        class="time-left"
        cx="60"
        cy="60"
        r="42"
        pathLength="100"
        stroke-dasharray={`${share} 100`}
        transform="rotate(-90 60 60)"
        fill="none"
        stroke="var(--blue)"
        stroke-width="9"
        stroke-linecap="round"
      />
      <path
        d="M60 39v22l14 8"
        fill="none"
        stroke="var(--line)"
        stroke-width="6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
