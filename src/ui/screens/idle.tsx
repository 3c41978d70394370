import type { CitizenActions } from '../citizen-view.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

export function Idle({ actions }: { readonly actions: CitizenActions }) {
  return (
    <CitizenFrame actions={actions} step={1} mayCallStaff layout="side">
      <InsertCard way="in" />
      <div class="words">
        <MainLine id="idle.main" />
        <p class="help">
          <Phrase id="idle.help" />
        </p>
      </div>
    </CitizenFrame>
  );
}
