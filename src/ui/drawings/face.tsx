/** A calm face, 60 × 80, for use inside an `svg`. A drawing, nobody's likeness. */
export function Face() {
  return (
    <g>
      <path d="M4 88c2-15 12-21 26-21s24 6 26 21z" fill="var(--blue-soft)" />
      <rect x="23" y="52" width="14" height="20" rx="7" fill="var(--skin-shade)" />
      <ellipse cx="30" cy="36" rx="19" ry="24" fill="var(--skin)" />
      <path d="M10 36C8 14 17 5 30 5s22 9 20 31c-2-9-5-14-9-17-8 4-17 4-23 1-4 3-6 8-8 16z" fill="var(--hair)" />
      <circle cx="22.5" cy="37" r="2.2" fill="var(--ink)" />
      <circle cx="37.5" cy="37" r="2.2" fill="var(--ink)" />
      <path d="M23 47c3.5 4 10.5 4 14 0" fill="none" stroke="var(--ink)" stroke-width="2" stroke-linecap="round" />
    </g>
  );
}

/** Where the face belongs, until the camera's first picture is there. */
export function FaceGuide() {
  return (
    <svg class="face-guide" viewBox="0 0 76 100" aria-hidden="true">
      <g transform="translate(4.5 16) scale(1.12)">
        <Face />
      </g>
    </svg>
  );
}
