/** A raised open hand, 100 × 100, for use inside an `svg`. */
export function Hand() {
  return (
    <g fill="var(--line)">
      <rect x="30.5" y="27" width="10" height="38" rx="5" />
      <rect x="42" y="17" width="10" height="46" rx="5" />
      <rect x="53.5" y="20" width="10" height="44" rx="5" />
      <rect x="65" y="29" width="10" height="36" rx="5" />
      <path d="M30.5 52h44.5v10c0 15-8 23-20 23-9 0-14-3.5-19-10L21.5 58.5c-2-2.6-1.6-6 .8-7.7 2.3-1.6 5.2-1 7.2 1.1l6 6.6z" />
    </g>
  );
}

/** Staff comes: a hand in a square, ink on amber, on its soft disc. */
export function HandSquare() {
  return (
    <svg class="art hand-square" viewBox="0 0 120 120" aria-hidden="true">
      <circle class="calm-ring" cx="60" cy="60" r="60" fill="var(--amber-pale)" />
      <rect x="22" y="22" width="76" height="76" rx="16" fill="var(--amber)" />
      <g transform="translate(26.5 26.5) scale(.68)">
        <Hand />
      </g>
    </svg>
  );
}

/** The same hand, small, on the button that calls staff. */
export function CallStaffMark() {
  return (
    <svg class="call-mark" viewBox="0 0 100 100" aria-hidden="true">
      <rect width="100" height="100" rx="20" fill="var(--amber)" />
      <g transform="translate(2 2) scale(.96)">
        <Hand />
      </g>
    </svg>
  );
}
