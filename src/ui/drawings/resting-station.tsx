import { Backdrop } from './backdrop.tsx';

/** A station at rest: its screen shows a pause, nothing is broken to look at. */
export function RestingStation() {
  return (
    <svg class="art" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <path d="M50 76h20l3 18H47z" fill="var(--mist)" />
      <rect x="34" y="91" width="52" height="8" rx="4" fill="var(--ink-soft)" />
      <rect x="20" y="24" width="80" height="56" rx="9" fill="#fff" stroke="var(--ink-soft)" stroke-width="4" />
      <rect x="28.5" y="32.5" width="63" height="39" rx="4" fill="var(--sky)" />
      <rect x="49" y="41" width="7.5" height="22" rx="3.75" fill="var(--ink-soft)" />
      <rect x="63.5" y="41" width="7.5" height="22" rx="3.75" fill="var(--ink-soft)" />
    </svg>
  );
}
