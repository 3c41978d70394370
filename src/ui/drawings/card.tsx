/** A Thai ID card, chip side up, 86 × 54 (one unit = 1 mm of ID-1). For use inside an `svg`. Nobody's likeness. */
export function Card() {
  return (
    <g>
      <rect width="86" height="54" rx="5" fill="#fff" stroke="var(--blue)" stroke-width="2" />
      <path d="M1 10V6a5 5 0 0 1 5-5h74a5 5 0 0 1 5 5v4z" fill="var(--sky)" />
      <rect x="30" y="15" width="32" height="3" rx="1.5" fill="var(--mist)" />
      <rect x="30" y="22" width="24" height="3" rx="1.5" fill="var(--mist)" />
      <rect x="30" y="29" width="28" height="3" rx="1.5" fill="var(--mist)" />
      <rect x="9" y="44" width="40" height="3" rx="1.5" fill="var(--mist)" />
      <Chip />
      <rect x="64" y="25" width="17" height="23" rx="2" fill="var(--sky)" />
      <circle cx="72.5" cy="33" r="4" fill="var(--blue-soft)" />
      <path d="M65.5 48c0-6 3-9 7-9s7 3 7 9z" fill="var(--blue-soft)" />
    </g>
  );
}

function Chip() {
  return (
    <g>
      <rect
        x="8"
        y="18"
        width="16"
        height="14"
        rx="2.5"
        fill="var(--gold)"
        stroke="var(--gold-line)"
        stroke-width="1"
      />
      <path
        d="M8 22.7h5.5M8 27.3h5.5M24 22.7h-5.5M24 27.3h-5.5M13.5 18v14M18.5 18v14"
        stroke="var(--gold-line)"
        stroke-width="1"
        fill="none"
      />
    </g>
  );
}
