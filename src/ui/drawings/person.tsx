import { Face } from './face.tsx';

/** A person from the chest up, about 90 × 100, who joins palms (a wai) when asked to. Nobody's likeness. */
export function Person({ isGreeting }: { readonly isGreeting: boolean }) {
  return (
    <g>
      <path d="M-14 112c0-26 16-37 44-37s44 11 44 37z" fill="var(--blue-soft)" />
      <Face />
      {isGreeting ? <Palms /> : null}
    </g>
  );
}

function Palms() {
  return (
    <g>
      <path d="M-2 108c6-10 16-16 26-18l12 0c10 2 20 8 26 18z" fill="var(--blue)" />
      <path
        d="M30 62c-5 6-8.5 16-9 30h18c-.5-14-4-24-9-30z"
        fill="var(--skin)"
        stroke="var(--skin-shade)"
        stroke-width="2"
      />
      <path d="M30 64v28" stroke="var(--skin-shade)" stroke-width="2" />
    </g>
  );
}

/** An open palm that holds something up, about 90 × 36. */
export function OpenPalm() {
  return (
    <g>
      <path
        d="M6 14c14 6 26 8 40 4l22-10c5-2 10 3 6 7L54 32c-4 3-8 4-13 4H6z"
        fill="var(--skin)"
        stroke="var(--skin-shade)"
        stroke-width="2"
        stroke-linejoin="round"
      />
      <rect x="-6" y="10" width="14" height="30" rx="3" fill="var(--blue)" />
    </g>
  );
}

/** A coin. */
export function Coin({ r }: { readonly r: number }) {
  return (
    <g>
      <circle r={r} fill="var(--gold)" stroke="var(--gold-line)" stroke-width="3" />
      <circle r={r * 0.76} fill="none" stroke="var(--gold-line)" stroke-width="1.5" />
      <g
        transform={`scale(${r / 30})`}
        fill="none"
        stroke="var(--gold-dark)"
        stroke-width="4.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        <path d="M-6-12v24M-6-12h8c8 0 8 11 0 11h-8M-6-1h9c9 0 9 13 0 13h-9M0-17v34" />
      </g>
    </g>
  );
}

/** A small tick on green, for the corner of a scene. */
export function TickBadge({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="14" fill="var(--green)" stroke="#fff" stroke-width="3" />
      <path
        d="M-6 .5l4.5 4.5 8-9.5"
        fill="none"
        stroke="#fff"
        stroke-width="3.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </g>
  );
}
