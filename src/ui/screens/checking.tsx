import type { CitizenActions } from '../citizen-view.ts';
import { Comparing } from '../drawings/comparing.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

/** No bar: nobody knows how long it takes. */
export function Checking({ actions }: { readonly actions: CitizenActions }) {
  return (
    <CitizenFrame actions={actions} step={2} mayCallStaff layout="side">
      <Comparing />
      <div class="words">
        <MainLine id="checking.main" />
        <p class="help">
          <Phrase id="checking.help" />
        </p>
      </div>
    </CitizenFrame>
  );
}
