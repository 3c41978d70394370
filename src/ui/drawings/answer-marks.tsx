/** Yes: a tick. Drawn in the colour of the words beside it, so that neither answer shines more than the other. */
export function YesMark() {
  return (
    <svg class="answer-mark" viewBox="0 0 60 60" aria-hidden="true">
      <circle cx="30" cy="30" r="26" fill="none" stroke="currentColor" stroke-width="4" />
      <path
        d="M18 31l9 9 16-19"
        fill="none"
        stroke="currentColor"
        stroke-width="5.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Rather not: a person instead. No cross, for nothing is wrong. */
export function NoMark() {
  return (
    <svg class="answer-mark" viewBox="0 0 60 60" aria-hidden="true">
      <circle cx="30" cy="30" r="26" fill="none" stroke="currentColor" stroke-width="4" />
      <circle cx="30" cy="23" r="7.5" fill="currentColor" />
      <path d="M15 46c1-10 7-14 15-14s14 4 15 14" fill="currentColor" />
    </svg>
  );
}
