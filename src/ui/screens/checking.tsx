import type { CitizenActions } from '../citizen-view.ts';
import { Comparing } from '../drawings/comparing.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Phrase } from '../parts/phrase.tsx';

/** No bar: nobody knows how long it takes. */
export function Checking({ actions }: { readonly actions: CitizenActions }) {
  return (
    <CitizenFrame actions={actions} step={2} mayCallStaff layout="side">
      <Comparing />
      <div class="words">
        <h1 class="main">
          <Phrase id="checking.main" />
        </h1>
        <p class="help">
          <Phrase id="checking.help" />
        </p>
      </div>
    </CitizenFrame>
  );
}
