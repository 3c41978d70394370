import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';

/** The card is in but could not be read: out and in again, as calmly as the first time. */
export function Reinsert({ state }: { readonly state: Extract<CitizenScreen, { screen: 'reinsert' }> }) {
  return (
    <CitizenFrame step={1} mayCallStaff layout="side">
      <InsertCard way="again" />
      <div class="words">
        <MainLine id="reinsert.main" />
        <Help id={`reinsert.${state.ask}`} />
      </div>
    </CitizenFrame>
  );
}
