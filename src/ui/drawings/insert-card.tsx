import { useId } from 'preact/hooks';
import { Card } from './card.tsx';

/** The reader with a card going in (chip first, chip up), staying, or coming out. Moves gently; still when asked. */
export function InsertCard({ way }: { readonly way: 'in' | 'stay' | 'out' }) {
  const below = useId();
  return (
    <svg class={`art insert-card ${way}`} viewBox="0 0 120 120" aria-hidden="true">
      <defs>
        <clipPath id={below}>
          <rect x="0" y="34" width="120" height="90" />
        </clipPath>
      </defs>
      <rect x="8" y="4" width="104" height="40" rx="11" fill="var(--ink)" />
      <rect x="20" y="30" width="80" height="8" rx="4" fill="#02070d" />
      <circle class="reader-light" cx="60" cy="17" r="4" fill="var(--lamp)" />
      <g clip-path={`url(#${below})`}>
        <g class="moving-card">
          <g transform="translate(87 26) rotate(90)">
            <Card />
          </g>
        </g>
      </g>
      {way === 'stay' ? null : (
        <g
          class="arrow"
          fill="none"
          stroke="var(--blue)"
          stroke-width="6"
          stroke-linecap="round"
          stroke-linejoin="round"
        >
          <path d={way === 'in' ? 'M104 100V62M93 72l11-11 11 11' : 'M104 60v38M93 88l11 11 11-11'} />
        </g>
      )}
    </svg>
  );
}
