import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { HandSquare } from '../drawings/hand.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';
import { ReceiptSlip } from '../parts/receipt.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

/** The same for every result that people must finish: nothing here says why. */
export function Staff({ state }: { readonly state: Extract<CitizenScreen, { screen: 'staff' }> }) {
  const { place } = useCitizen().model;
  const main = place === 'bedside' ? 'bedside.staff' : 'staff.main';
  const next = state.nextStep ? <Help id={`next.${state.nextStep}`} /> : null;
  if (!state.receipt) {
    return (
      <CitizenFrame step={null} mayCallStaff={false} layout="full" explain="tools" hasCards>
        <HandSquare />
        <div class="words">
          <MainLine id={main} />
          {next}
        </div>
      </CitizenFrame>
    );
  }
  const corner = <ReceiptSlip receipt={state.receipt} />;
  return (
    <CitizenFrame step={null} mayCallStaff={false} layout="side" corner={corner} explain="tools" hasCards>
      <div class="words end">
        <MainLine id={main} mark={<HandSquare />} look="with-mark staff-comes" />
        {next}
      </div>
    </CitizenFrame>
  );
}
