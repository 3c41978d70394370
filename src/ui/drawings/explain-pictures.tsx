import type { ProgrammeInfo } from '../../kiosk/protocol.ts';
import { Backdrop } from './backdrop.tsx';
import { Card } from './card.tsx';
import { Coin, OpenPalm, Person, TickBadge } from './person.tsx';

type Picture = ProgrammeInfo['explain'][number]['picture'];

const SCENES: Readonly<Record<Picture, () => preact.JSX.Element>> = {
  card: CardScene,
  shop: ShopScene,
  calendar: CalendarScene,
  people: PeopleScene,
  phone: PhoneScene,
  shield: ShieldScene,
};

/** The drawing of a page that explains the programme. */
export function ExplainPicture({ picture }: { readonly picture: Picture }) {
  const Scene = SCENES[picture];
  return (
    <svg class="art scene" viewBox="0 0 120 120" aria-hidden="true">
      <Backdrop />
      <Scene />
    </svg>
  );
}

function CardScene() {
  return (
    <>
      <g transform="translate(20 24) rotate(-6 43 27) scale(.95)">
        <Card />
      </g>
      <g transform="translate(20 74)">
        <OpenPalm />
      </g>
      <TickBadge x={96} y={30} />
    </>
  );
}

function ShopScene() {
  return (
    <>
      <path d="M27 56h66v46H27z" fill="#fff" stroke="var(--line)" stroke-width="3" />
      <path d="M22 30h76l6 22H16z" fill="var(--blue)" />
      <path d="M38 30h13l-2 22H33zM69 30h13l5 22H71z" fill="#fff" />
      <path
        d="M16 52a9.5 9.5 0 0 0 17.6 0 9.5 9.5 0 0 0 17.6 0 9.5 9.5 0 0 0 17.6 0 9.5 9.5 0 0 0 17.6 0 9.5 9.5 0 0 0 17.6 0z"
        fill="var(--blue-soft)"
      />
      <path d="M35 82h50v20H35z" fill="var(--gold)" stroke="var(--gold-line)" stroke-width="2" />
      <circle cx="46" cy="79" r="7" fill="var(--green)" />
      <circle cx="60" cy="78" r="7.5" fill="var(--amber)" />
      <circle cx="74" cy="79" r="7" fill="var(--leaf)" />
      <path
        d="M60 70c1-3 3-5 6-5M46 72c0-2 1-4 3-5"
        fill="none"
        stroke="var(--green)"
        stroke-width="2"
        stroke-linecap="round"
      />
      <g transform="translate(98 92)">
        <Coin r={14} />
      </g>
    </>
  );
}

function CalendarScene() {
  const days = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  return (
    <>
      <rect x="24" y="30" width="72" height="68" rx="8" fill="#fff" stroke="var(--line)" stroke-width="3" />
      <path d="M24 48V38a8 8 0 0 1 8-8h56a8 8 0 0 1 8 8v10z" fill="var(--blue)" />
      <path d="M42 22v16M78 22v16" stroke="var(--line)" stroke-width="5" stroke-linecap="round" />
      {days.map((day) => (
        <rect
          key={day}
          x={33 + (day % 4) * 14.5}
          y={55 + Math.floor(day / 4) * 13.5}
          width="9"
          height="8"
          rx="2"
          fill="var(--mist)"
        />
      ))}
      <TickBadge x={84} y={87} />
    </>
  );
}

function PeopleScene() {
  return (
    <>
      <g transform="translate(62 28) scale(.68)">
        <Person isGreeting={false} />
      </g>
      <g transform="translate(20 40) scale(.66)">
        <Person isGreeting={false} />
      </g>
      <path
        d="M57 88c5-6 15-2 11 6-2 4-7 6-11 10-4-4-9-6-11-10-4-8 6-12 11-6z"
        fill="#fff"
        stroke="var(--blue)"
        stroke-width="3"
        stroke-linejoin="round"
      />
    </>
  );
}

function PhoneScene() {
  return (
    <>
      <rect x="26" y="24" width="42" height="78" rx="9" fill="var(--line)" />
      <rect x="31" y="33" width="32" height="56" rx="3" fill="#fff" />
      <circle cx="47" cy="95.5" r="3" fill="#fff" />
      <path
        d="M58 32h38a8 8 0 0 1 8 8v22a8 8 0 0 1-8 8H76L64 80V70h-6a8 8 0 0 1-8-8V40a8 8 0 0 1 8-8z"
        fill="#fff"
        stroke="var(--blue)"
        stroke-width="3.5"
        stroke-linejoin="round"
      />
      <path
        d="M71 46c0-8 13-8 13 0 0 5-6.5 5-6.5 9"
        fill="none"
        stroke="var(--blue)"
        stroke-width="4"
        stroke-linecap="round"
      />
      <circle cx="77.5" cy="62" r="2.6" fill="var(--blue)" />
    </>
  );
}

function ShieldScene() {
  return (
    <>
      <path
        d="M60 18c10 8 22 11 35 11 1 34-10 60-35 73-25-13-36-39-35-73 13 0 25-3 35-11z"
        fill="#fff"
        stroke="var(--blue)"
        stroke-width="5"
        stroke-linejoin="round"
      />
      <path
        d="M43 61l13 13 23-28"
        fill="none"
        stroke="var(--green)"
        stroke-width="9"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  );
}
