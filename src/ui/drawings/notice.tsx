import { Card } from './card.tsx';
import { FaceOval } from './face.tsx';

/** "Your face with your card's picture." */
export function CompareMark() {
  return (
    <svg class="notice-mark" viewBox="0 0 100 60" aria-hidden="true">
      <FaceOval cx={20} cy={30} ry={25} line={3} />
      <path
        d="M44 25h11l-4-4M55 35H44l4 4"
        fill="none"
        stroke="var(--blue)"
        stroke-width="3.2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <g transform="translate(61 17) scale(.44)">
        <Card />
      </g>
    </svg>
  );
}

/** "The picture goes, the result stays." */
export function KeptMark() {
  return (
    <svg class="notice-mark" viewBox="0 0 100 60" aria-hidden="true">
      <rect
        x="3"
        y="8"
        width="34"
        height="44"
        rx="5"
        fill="none"
        stroke="var(--blue-soft)"
        stroke-width="3"
        stroke-dasharray="5 5"
      />
      <circle cx="20" cy="24" r="6" fill="var(--mist)" />
      <path d="M10 44c0-9 4-13 10-13s10 4 10 13z" fill="var(--mist)" />
      <path
        d="M44 30h11l-4.5-4.5M55 30l-4.5 4.5"
        fill="none"
        stroke="var(--blue)"
        stroke-width="3.2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <rect x="63" y="8" width="34" height="44" rx="5" fill="#fff" stroke="var(--blue)" stroke-width="3" />
      <path
        d="M71 30l7 7 12-14"
        fill="none"
        stroke="var(--green)"
        stroke-width="5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** "We ask you something." */
export function AskMark() {
  return (
    <svg class="notice-mark" viewBox="0 0 100 60" aria-hidden="true">
      <path
        d="M14 6h72a8 8 0 0 1 8 8v24a8 8 0 0 1-8 8H44L30 57V46H14a8 8 0 0 1-8-8V14a8 8 0 0 1 8-8z"
        fill="#fff"
        stroke="var(--blue)"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <g fill="none" stroke="var(--blue-soft)" stroke-width="4" stroke-linecap="round">
        <path d="M22 20h56M22 32h36" />
      </g>
    </svg>
  );
}
