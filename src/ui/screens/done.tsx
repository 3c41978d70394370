import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { TickMark } from '../drawings/tick.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { ReceiptSlip } from '../parts/receipt.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

export function Done({ state }: { readonly state: Extract<CitizenScreen, { screen: 'done' }> }) {
  const { place } = useCitizen().model;
  const corner = state.receipt ? <ReceiptSlip receipt={state.receipt} /> : null;
  const card = place === 'bedside' ? 'bedside.done-card' : 'done.card';
  return (
    <CitizenFrame step={3} mayCallStaff={false} layout="side" corner={corner} explain="tools">
      <div class="words end">
        <MainLine
          id={state.nextStep === 'all-done' ? 'done.main' : 'done.saved'}
          mark={<TickMark />}
          look="with-mark good"
        />
        <p class="main with-mark card-out" data-say={card}>
          <InsertCard way="out" />
          <span>
            <Phrase id={card} />
          </span>
        </p>
        <Help id={`next.${state.nextStep}`} />
      </div>
    </CitizenFrame>
  );
}
