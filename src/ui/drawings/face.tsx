import { useId } from 'preact/hooks';

/** A calm face, about 60 × 88, for use inside an `svg`. A drawing, nobody's likeness. */
export function Face() {
  return (
    <g>
      <path d="M-2 94c2-16 14-23 32-23s30 7 32 23z" fill="var(--blue-soft)" />
      <path d="M22 54h16v17c0 5-16 5-16 0z" fill="var(--skin-shade)" />
      <ellipse cx="10.5" cy="39" rx="3.5" ry="5.5" fill="var(--skin-shade)" />
      <ellipse cx="49.5" cy="39" rx="3.5" ry="5.5" fill="var(--skin-shade)" />
      <path d="M11 34c0-15 8-24 19-24s19 9 19 24v6c0 13-8 22-19 22s-19-9-19-22z" fill="var(--skin)" />
      <path
        d="M10 36C7 16 16 6 30 6s23 10 20 30c-1.5-8-4-13-8-15.5-7 3.5-17 4-24 .5-4 2.5-6.5 7.5-8 15z"
        fill="var(--hair)"
      />
      <circle cx="22.5" cy="38" r="2.1" fill="var(--line)" />
      <circle cx="37.5" cy="38" r="2.1" fill="var(--line)" />
      <path d="M24 49c3.3 3.2 8.7 3.2 12 0" fill="none" stroke="var(--line)" stroke-width="2" stroke-linecap="round" />
    </g>
  );
}

interface FaceOvalProps {
  readonly cx: number;
  readonly cy: number;
  /** Half the height; the oval is as wide as the one over the camera's picture. */
  readonly ry: number;
  readonly line: number;
}

/** The face in its oval. */
export function FaceOval({ cx, cy, ry, line }: FaceOvalProps) {
  const clip = useId();
  const rx = ry * 0.76;
  const scale = ry / 52;
  return (
    <g transform={`translate(${cx} ${cy})`}>
      <clipPath id={clip}>
        <ellipse rx={rx} ry={ry} />
      </clipPath>
      <ellipse rx={rx} ry={ry} fill="#fff" />
      <g clip-path={`url(#${clip})`}>
        <g transform={`scale(${scale}) translate(-30 -40)`}>
          <Face />
        </g>
      </g>
      <ellipse rx={rx} ry={ry} fill="none" stroke="var(--blue)" stroke-width={line} />
    </g>
  );
}

/** Where the face belongs, until the camera's first picture is there. */
export function FaceGuide() {
  return (
    <svg class="face-guide" viewBox="0 0 76 100" aria-hidden="true">
      <g transform="translate(38 54) scale(1.02) translate(-30 -40)">
        <Face />
      </g>
    </svg>
  );
}

/** Where the face belongs when somebody may be lying: the same face at rest, tilted. */
export function RestingFace() {
  return (
    <svg class="face-guide" viewBox="0 0 100 100" aria-hidden="true">
      <rect width="100" height="100" fill="var(--sky)" />
      <path d="M0 62c22-12 78-12 100 0v38H0z" fill="#fff" />
      <g transform="translate(52 56) rotate(-38) scale(.86) translate(-30 -40)">
        <Face />
      </g>
    </svg>
  );
}
