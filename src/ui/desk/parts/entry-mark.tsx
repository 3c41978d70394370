import type { EntryState } from '../../../kiosk/desk-protocol.ts';

/** A shape of its own for where somebody stands, so that colour is never alone: ring, bell, card, tick, bar. */
export function EntryMark({ state }: { readonly state: EntryState }) {
  return (
    <svg class={`entry-mark ${state}`} viewBox="0 0 40 40" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

const line = { fill: 'none', 'stroke-width': 4, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const;

const SHAPES = {
  left: <circle cx="20" cy="20" r="15.5" fill="#fff" stroke="var(--blue)" stroke-width="5" />,
  'due-today': (
    <>
      <rect x="3" y="3" width="34" height="34" rx="8" fill="var(--amber)" />
      <path d="M20 11v10l6.5 4" stroke="var(--ink)" {...line} />
    </>
  ),
  'new-card': (
    <>
      <rect x="2.5" y="8" width="35" height="24" rx="4" fill="#fff" stroke="var(--gold-line)" stroke-width="4" />
      <path d="M9 17h7v6H9zM22 17h9M22 23.500h6" stroke="var(--gold-line)" {...line} stroke-width="3" />
    </>
  ),
  served: (
    <>
      <circle cx="20" cy="20" r="18" fill="var(--green)" />
      <path d="M11.5 20.500l6 6 11-13" stroke="#fff" {...line} />
    </>
  ),
  closed: (
    <>
      <rect x="3" y="3" width="34" height="34" rx="17" fill="#fff" stroke="var(--ink-soft)" stroke-width="3.5" />
      <path d="M12 20h16" stroke="var(--ink-soft)" {...line} />
    </>
  ),
} as const;
