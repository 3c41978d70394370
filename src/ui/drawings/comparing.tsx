import { Card } from './card.tsx';
import { Face } from './face.tsx';

/** The face and the card's picture, laid side by side; three dots go to and fro between them. */
export function Comparing() {
  return (
    <svg class="art comparing" viewBox="0 0 120 120" aria-hidden="true">
      <g transform="translate(32 66) scale(.92)">
        <Card />
      </g>
      <ellipse cx="38" cy="40" rx="28" ry="35" fill="#fff" stroke="var(--blue)" stroke-width="3.5" />
      <g transform="translate(14.5 11.5) scale(.78)">
        <Face />
      </g>
      <circle class="pulse" cx="82" cy="30" r="5" fill="var(--blue)" />
      <circle class="pulse second" cx="96" cy="36" r="5" fill="var(--blue)" />
      <circle class="pulse third" cx="104" cy="49" r="5" fill="var(--blue)" />
    </svg>
  );
}
