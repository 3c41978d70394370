import type { PartStatus } from '../../kiosk/protocol.ts';

/** What is not there and has no fault was never asked for: nothing to be mended. */
export function shownState({ state, fault }: Pick<PartStatus, 'state' | 'fault'>): keyof typeof SHAPES {
  return state === 'missing' && fault === null ? 'unused' : state;
}

/** A shape of its own for each state, so that colour is never alone. */
export function StateMark({ state }: { readonly state: keyof typeof SHAPES }) {
  return (
    <svg class={`state-mark ${state}`} viewBox="0 0 40 40" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

const line = { fill: 'none', 'stroke-width': 4, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const;

const SHAPES = {
  ready: (
    <>
      <circle cx="20" cy="20" r="18" fill="var(--green)" />
      <path d="M11.5 20.5l6 6 11-13" stroke="#fff" {...line} />
    </>
  ),
  degraded: (
    <>
      <rect x="2" y="2" width="36" height="36" rx="8" fill="var(--amber)" />
      <path d="M11 23c3-6 6-6 9-3s6 3 9-3" stroke="var(--ink)" {...line} />
    </>
  ),
  missing: (
    <>
      <circle cx="20" cy="20" r="16.5" stroke="var(--fault)" stroke-dasharray="6 5" fill="#fff" stroke-width="3.5" />
      <path d="M13 20h14" stroke="var(--fault)" {...line} />
    </>
  ),
  unused: (
    <>
      <circle cx="20" cy="20" r="16.5" stroke="var(--ink-soft)" fill="none" stroke-width="3.5" />
      <path d="M13 20h14" stroke="var(--ink-soft)" {...line} />
    </>
  ),
  faulty: (
    <>
      <path d="M20 3l18 33H2z" fill="var(--fault)" stroke="var(--fault)" stroke-width="3" stroke-linejoin="round" />
      <path d="M20 15v10M20 31v.1" stroke="#fff" {...line} />
    </>
  ),
} as const;
