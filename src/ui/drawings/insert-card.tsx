import { useId } from 'preact/hooks';
import { Backdrop } from './backdrop.tsx';
import { Card } from './card.tsx';

/** The reader with a card going in (chip first, chip up), staying, coming out, or out and in again. */
export function InsertCard({ way }: { readonly way: 'in' | 'stay' | 'out' | 'again' }) {
  const below = useId();
  return (
    <svg class={`art insert-card ${way}`} viewBox="0 0 120 120" aria-hidden="true">
      <defs>
        <clipPath id={below}>
          <rect x="0" y="36" width="120" height="84" />
        </clipPath>
      </defs>
      <Backdrop />
      <rect x="16" y="10" width="88" height="36" rx="10" fill="var(--line)" />
      <rect x="27" y="33" width="66" height="7" rx="3.5" fill="#02070d" />
      <circle class="reader-light" cx="60" cy="21" r="3.6" fill="var(--lamp)" />
      <g clip-path={`url(#${below})`}>
        <g class="moving-card">
          <g transform="translate(81.6 26) rotate(90) scale(.8)">
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
          <path d={way === 'in' ? 'M99 94V58M88.5 68L99 57.5 109.5 68' : 'M99 57v36M88.5 83L99 93.5 109.5 83'} />
          {way === 'again' ? <path d="M21 94V58M10.5 68L21 57.5 31.5 68" /> : null}
        </g>
      )}
    </svg>
  );
}
