import type { CitizenActions } from '../citizen-view.ts';
import { RestingStation } from '../drawings/resting-station.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

/** Also shown when the station cannot be heard: so no button here that would need it. */
export function OutOfService({ actions }: { readonly actions: CitizenActions }) {
  return (
    <CitizenFrame actions={actions} step={null} mayCallStaff={false} layout="full">
      <RestingStation />
      <div class="words">
        <MainLine id="out-of-service.main" />
        <p class="help">
          <Phrase id="out-of-service.help" />
        </p>
      </div>
    </CitizenFrame>
  );
}
