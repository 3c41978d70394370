import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

type IdleState = Extract<CitizenScreen, { screen: 'idle' }>;

export function Idle({ state }: { readonly state: IdleState }) {
  const { place } = useCitizen().model;
  return (
    <CitizenFrame step={1} mayCallStaff layout="side" explain="rail" hasCards>
      <InsertCard way="in" />
      <div class="words">
        <MainLine id={mainOf(state, place)} />
        <Help id={helpOf(state, place)} />
      </div>
    </CitizenFrame>
  );
}

type Place = ReturnType<typeof useCitizen>['model']['place'];

function mainOf({ expects }: IdleState, place: Place) {
  if (expects === 'representative') return 'idle.representative';
  return place === 'bedside' ? 'bedside.idle' : 'idle.main';
}
function helpOf({ expects }: IdleState, place: Place) {
  if (expects === 'representative') return 'idle.representative-help';
  return place === 'bedside' ? 'bedside.idle-help' : 'idle.help';
}
