import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

interface ReinsertProps {
  readonly state: Extract<CitizenScreen, { screen: 'reinsert' }>;
  readonly actions: CitizenActions;
}

/** The card is in but could not be read: out and in again, as calmly as the first time. */
export function Reinsert({ state, actions }: ReinsertProps) {
  return (
    <CitizenFrame actions={actions} step={1} mayCallStaff layout="side">
      <InsertCard way="again" />
      <div class="words">
        <MainLine id="reinsert.main" />
        <p class="help">
          <Phrase id={`reinsert.${state.ask}`} />
        </p>
      </div>
    </CitizenFrame>
  );
}
