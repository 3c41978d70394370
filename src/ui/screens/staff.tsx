import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { HandSquare } from '../drawings/hand.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { ReceiptSlip } from '../parts/receipt.tsx';

interface StaffProps {
  readonly state: Extract<CitizenScreen, { screen: 'staff' }>;
  readonly actions: CitizenActions;
}

/** The same for every result that people must finish: nothing here says why. */
export function Staff({ state, actions }: StaffProps) {
  const corner = state.receipt ? <ReceiptSlip receipt={state.receipt} /> : null;
  return (
    <CitizenFrame actions={actions} step={null} mayCallStaff={false} layout={corner ? 'side' : 'full'} corner={corner}>
      <HandSquare />
      <div class="words">
        <h1 class="main">
          <Phrase id="staff.main" />
        </h1>
        {state.nextStep ? (
          <p class="help">
            <Phrase id={`next.${state.nextStep}`} />
          </p>
        ) : null}
      </div>
    </CitizenFrame>
  );
}
