import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { HandSquare } from '../drawings/hand.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { ReceiptSlip } from '../parts/receipt.tsx';

interface StaffProps {
  readonly state: Extract<CitizenScreen, { screen: 'staff' }>;
  readonly actions: CitizenActions;
}

/** The same for every result that people must finish: nothing here says why. */
export function Staff({ state, actions }: StaffProps) {
  const next = state.nextStep ? (
    <p class="help">
      <Phrase id={`next.${state.nextStep}`} />
    </p>
  ) : null;
  if (!state.receipt) {
    return (
      <CitizenFrame actions={actions} step={null} mayCallStaff={false} layout="full">
        <HandSquare />
        <div class="words">
          <MainLine id="staff.main" />
          {next}
        </div>
      </CitizenFrame>
    );
  }
  const corner = <ReceiptSlip receipt={state.receipt} />;
  return (
    <CitizenFrame actions={actions} step={null} mayCallStaff={false} layout="side" corner={corner}>
      <div class="words end">
        <MainLine id="staff.main" mark={<HandSquare />} look="with-mark staff-comes" />
        {next}
      </div>
    </CitizenFrame>
  );
}
