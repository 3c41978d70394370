/** A station at rest: its screen shows a pause, nothing is broken to look at. */
export function RestingStation() {
  return (
    <svg class="art" viewBox="0 0 120 120" aria-hidden="true">
      <rect x="10" y="12" width="100" height="70" rx="10" fill="#fff" stroke="var(--ink-soft)" stroke-width="4" />
      <rect x="20" y="22" width="80" height="50" rx="5" fill="var(--sky)" />
      <rect x="47" y="33" width="9" height="28" rx="4.5" fill="var(--ink-soft)" />
      <rect x="64" y="33" width="9" height="28" rx="4.5" fill="var(--ink-soft)" />
      <path d="M48 82h24l4 18H44z" fill="var(--mist)" />
      <rect x="28" y="98" width="64" height="9" rx="4.5" fill="var(--ink-soft)" />
    </svg>
  );
}
