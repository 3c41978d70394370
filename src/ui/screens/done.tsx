import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { TickMark } from '../drawings/tick.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { ReceiptSlip } from '../parts/receipt.tsx';

interface DoneProps {
  readonly state: Extract<CitizenScreen, { screen: 'done' }>;
  readonly actions: CitizenActions;
}

export function Done({ state, actions }: DoneProps) {
  const corner = state.receipt ? <ReceiptSlip receipt={state.receipt} /> : null;
  return (
    <CitizenFrame actions={actions} step={3} mayCallStaff={false} layout="side" corner={corner}>
      <div class="words end">
        <MainLine
          id={state.nextStep === 'all-done' ? 'done.main' : 'done.saved'}
          mark={<TickMark />}
          look="with-mark good"
        />
        <p class="main with-mark">
          <InsertCard way="out" />
          <span>
            <Phrase id="done.card" />
          </span>
        </p>
        <p class="help">
          <Phrase id={`next.${state.nextStep}`} />
        </p>
      </div>
    </CitizenFrame>
  );
}
