import { Backdrop } from './backdrop.tsx';
import { Card } from './card.tsx';
import { FaceOval } from './face.tsx';

/** The face beside the card's picture; three dots breathe one after the other between them. */
export function Comparing() {
  return (
    <svg class="art comparing" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <g transform="translate(45 68) scale(.75)">
        <Card />
      </g>
      <FaceOval cx={43} cy={47} ry={36} line={3.5} />
      <circle class="pulse" cx="82" cy="29" r="4.5" fill="var(--blue)" />
      <circle class="pulse second" cx="93" cy="38" r="4.5" fill="var(--blue)" />
      <circle class="pulse third" cx="99" cy="51" r="4.5" fill="var(--blue)" />
    </svg>
  );
}
