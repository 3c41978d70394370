/** Done: a tick in a circle, drawn once. */
export function TickMark() {
  return (
    <svg class="art tick" viewBox="0 0 120 120" aria-hidden="true">
      <circle cx="60" cy="60" r="56" fill="var(--green)" />
      <path
        class="tick-line"
        d="M33 62l19 19 36-41"
        pathLength="100"
        fill="none"
        stroke="#fff"
        stroke-width="11"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
