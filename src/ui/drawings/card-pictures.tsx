import type { CardId } from '../sheets/card-ids.ts';
import { Backdrop } from './backdrop.tsx';
import { Card } from './card.tsx';
import { Face, FaceOval } from './face.tsx';
import { Hand } from './hand.tsx';
import { InsertCard } from './insert-card.tsx';
import { Coin, OpenPalm, Person, TickBadge } from './person.tsx';

const SCENES: Readonly<Record<Exclude<CardId, 'card-back'>, () => preact.JSX.Element>> = {
  hello: Hello,
  from: Office,
  'your-card': YourCard,
  'look-once': LookOnce,
  'may-say-no': MaySayNo,
  'no-cost': NoCost,
  'person-helps': PersonHelps,
  wait: Wait,
  'thank-you': ThankYou,
};

export function CardPicture({ card }: { readonly card: CardId }) {
  if (card === 'card-back') return <InsertCard way="out" />;
  const Scene = SCENES[card];
  return (
    <svg class="art scene" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <Scene />
    </svg>
  );
}

function Hello() {
  return (
    <g transform="translate(35 16) scale(.84)">
      <Person isGreeting />
    </g>
  );
}

function Office() {
  return (
    <>
      <path d="M60 12v16" stroke="var(--line)" stroke-width="3" stroke-linecap="round" />
      <path d="M60 12h20v11H60z" fill="var(--blue)" />
      <path d="M60 15.5h20v4H60z" fill="#fff" />
      <path d="M18 50L60 27l42 23z" fill="var(--blue)" />
      <path d="M24 50h72v44H24z" fill="#fff" />
      <path d="M31 54h8v36h-8zM48 54h8v36h-8zM64 54h8v36h-8zM81 54h8v36h-8z" fill="var(--blue-soft)" />
      <path d="M18 92h84v8H18z" fill="var(--line)" />
    </>
  );
}

function YourCard() {
  return (
    <>
      <g transform="translate(21 26) scale(.92)">
        <Card />
      </g>
      <g transform="translate(22 74)">
        <OpenPalm />
      </g>
    </>
  );
}

function LookOnce() {
  return (
    <>
      <FaceOval cx={44} cy={60} ry={40} line={3.5} />
      <rect x="78" y="42" width="32" height="26" rx="5" fill="var(--line)" />
      <path d="M86 42l3-6h10l3 6z" fill="var(--line)" />
      <circle cx="94" cy="55" r="8.5" fill="#fff" />
      <circle cx="94" cy="55" r="5" fill="var(--blue)" />
      <circle cx="94" cy="88" r="13" fill="#fff" stroke="var(--blue)" stroke-width="3" />
      <path
        d="M90 84.5l5-4V96"
        fill="none"
        stroke="var(--blue)"
        stroke-width="3.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  );
}

function MaySayNo() {
  return (
    <>
      <g transform="translate(16 34) scale(.74)">
        <Person isGreeting={false} />
      </g>
      <path
        d="M70 14h30a9 9 0 0 1 9 9v32a9 9 0 0 1-9 9H82L70 73V64a9 9 0 0 1-9-9V23a9 9 0 0 1 9-9z"
        fill="#fff"
        stroke="var(--blue)"
        stroke-width="3.5"
        stroke-linejoin="round"
      />
      <g transform="translate(65 17) scale(.42)">
        <Hand />
      </g>
    </>
  );
}

function NoCost() {
  return (
    <>
      <g transform="translate(60 58)">
        <Coin r={34} />
      </g>
      <path d="M24 94L96 22" stroke="#fff" stroke-width="14" stroke-linecap="round" />
      <path d="M24 94L96 22" stroke="var(--blue)" stroke-width="8" stroke-linecap="round" />
    </>
  );
}

function PersonHelps() {
  return (
    <>
      <g transform="translate(66 26) scale(.7)">
        <Person isGreeting={false} />
      </g>
      <g transform="translate(16 42) scale(.64)">
        <Person isGreeting={false} />
      </g>
      <path d="M83 96c-12-3-22-8-32-8-5 0-6 7-1 8 10 2 18 6 30 9z" fill="var(--blue)" />
      <circle cx="49" cy="92" r="6" fill="var(--skin)" />
    </>
  );
}

function Wait() {
  return (
    <>
      <circle cx="60" cy="60" r="40" fill="#fff" stroke="var(--blue)" stroke-width="7" />
      <path
        d="M60 36v25l17 10"
        fill="none"
        stroke="var(--line)"
        stroke-width="7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  );
}

function ThankYou() {
  return (
    <>
      <g transform="translate(35 16) scale(.84)">
        <Person isGreeting />
      </g>
      <TickBadge x={97} y={32} />
    </>
  );
}

/** Yes is a nod, no a shake of the head, stop a raised hand: as people show it without words. */
export function AnswerPicture({ answer }: { readonly answer: 'yes' | 'no' | 'stop' }) {
  if (answer === 'stop') {
    return (
      <svg class="art scene" viewBox="0 0 120 120" aria-hidden="true">
        <circle cx="60" cy="60" r="60" fill="var(--amber-pale)" />
        <rect x="20" y="20" width="80" height="80" rx="18" fill="var(--amber)" />
        <g transform="translate(25 24) scale(.7)">
          <Hand />
        </g>
      </svg>
    );
  }
  return (
    <svg class="art scene" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <g transform={answer === 'yes' ? 'translate(18 26) scale(.9)' : 'translate(33 12) scale(.9)'}>
        <Face />
      </g>
      <path
        d={
          answer === 'yes'
            ? 'M94 34v50M84 44l10-11 10 11M84 74l10 11 10-11'
            : 'M34 107h52M44 97l-11 10 11 10M76 97l11 10-11 10'
        }
        fill="none"
        stroke={answer === 'yes' ? 'var(--green)' : 'var(--blue)'}
        stroke-width="7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
