import type { ComponentChildren } from 'preact';

/** A line drawing for a button, 48 × 48, in the colour of the button's words. */
function Mark({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="tool-mark" viewBox="0 0 48 48" aria-hidden="true">
      <g fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round">
        {children}
      </g>
    </svg>
  );
}

/** Two cards with a picture. */
export function CardsMark() {
  return (
    <Mark>
      <path d="M15 11V9a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4h-2" />
      <rect x="5" y="13" width="28" height="30" rx="4" />
      <circle cx="14" cy="23" r="3" fill="currentColor" stroke="none" />
      <path d="M9 38l7-8 5 5 3-3.5 5 6.5" />
    </Mark>
  );
}

/** A loudspeaker with two waves. */
export function ListenMark() {
  return (
    <Mark>
      <path d="M5 18.5h8L23 9v30l-10-9.5H5z" fill="currentColor" />
      <path d="M30 17.5c3.5 3.6 3.5 9.4 0 13M36 11c7 7 7 19 0 26" />
    </Mark>
  );
}

export function SilenceMark() {
  return (
    <Mark>
      <rect x="12" y="12" width="24" height="24" rx="4" fill="currentColor" />
    </Mark>
  );
}

/** A small and a large letter. */
export function DisplayMark() {
  return (
    <Mark>
      <path d="M4 38l7-18 7 18M6.5 32h9" />
      <path d="M21 38L32 9l11 29M25 29h14" />
    </Mark>
  );
}

export function ExplainMark() {
  return (
    <Mark>
      <circle cx="24" cy="24" r="19" />
      <path d="M18 19c0-8 12.5-7.5 12.5 0 0 5-6.5 5-6.5 9.5" />
      <circle cx="24" cy="35" r="1.4" fill="currentColor" />
    </Mark>
  );
}

export function CloseMark() {
  return (
    <Mark>
      <path d="M10 24L24 10l14 14M15 20v18h18V20" />
    </Mark>
  );
}

export function BackMark() {
  return (
    <Mark>
      <path d="M40 24H9M21 11L8 24l13 13" />
    </Mark>
  );
}

export function NextMark() {
  return (
    <Mark>
      <path d="M8 24h31M27 11l13 13-13 13" />
    </Mark>
  );
}

/** A pointing hand. */
export function PointMark() {
  return (
    <Mark>
      <path d="M19 28V8a4 4 0 0 1 8 0v14l10 2.5a5 5 0 0 1 4 5.5l-1.5 7c-.8 4-3.5 6-7.5 6h-6c-3.5 0-6-1.5-8-4.5L8.5 27a3.7 3.7 0 0 1 6-4.3z" />
    </Mark>
  );
}

/** @param size 1 to 1.5, as it is drawn */
export function LetterMark({ size }: { readonly size: number }) {
  return (
    <Mark>
      <g transform={`translate(24 40) scale(${size * 0.72})`}>
        <path d="M-15 0L0-40 15 0M-10-13h20" />
      </g>
    </Mark>
  );
}

export function ContrastMark() {
  return (
    <Mark>
      <circle cx="24" cy="24" r="18" />
      <path d="M24 6a18 18 0 0 1 0 36z" fill="currentColor" />
    </Mark>
  );
}

/** A picture that stands still. */
export function StillMark() {
  return (
    <Mark>
      <rect x="5" y="9" width="38" height="30" rx="5" />
      <path d="M19 18v12M29 18v12" stroke-width="5" />
    </Mark>
  );
}

/** A big round switch under a finger. */
export function SwitchMark() {
  return (
    <Mark>
      <path d="M6 40h36M12 40c0-16 24-16 24 0" />
      <path d="M24 6v12M18 13l6 6 6-6" />
    </Mark>
  );
}

export function PaceMark({ pace }: { readonly pace: 'slower' | 'faster' }) {
  return (
    <Mark>
      <path d={pace === 'faster' ? 'M8 10l14 14L8 38M25 10l14 14-14 14' : 'M17 10l14 14-14 14'} />
    </Mark>
  );
}
