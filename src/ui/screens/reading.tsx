import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { InsertCard } from '../drawings/insert-card.tsx';
import { CompareMark, KeptMark } from '../drawings/notice.tsx';
import { Button } from '../parts/buttons.tsx';
import { CardProgress } from '../parts/card-progress.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

interface ReadingProps {
  readonly state: Extract<CitizenScreen, { screen: 'reading' }>;
  readonly actions: CitizenActions;
}

/** The card is being read; until the person has chosen, the notice and both answers are on the same screen. */
export function Reading({ state, actions }: ReadingProps) {
  const progress = <CardProgress fraction={state.progress} say={null} />;
  const main = <MainLine id="reading.main" />;
  if (state.consent === 'given') {
    return (
      <CitizenFrame actions={actions} step={1} mayCallStaff layout="side" under={progress}>
        <InsertCard way="stay" />
        <div class="words">{main}</div>
      </CitizenFrame>
    );
  }
  const answers = (
    <>
      <Button kind="primary" testId="agree" onTap={() => actions.consent('agree')}>
        <Phrase id="reading.agree" />
      </Button>
      <Button kind="secondary" testId="ask-staff" onTap={() => actions.consent('ask-staff')}>
        <Phrase id="reading.ask-staff" />
      </Button>
    </>
  );
  return (
    <CitizenFrame actions={actions} step={1} mayCallStaff layout="full" under={progress} answers={answers}>
      {main}
      <ul class="notice">
        <li>
          <CompareMark />
          <span>
            <Phrase id="reading.compared" />
          </span>
        </li>
        <li>
          <KeptMark />
          <span>
            <Phrase id="reading.kept" />
          </span>
        </li>
      </ul>
    </CitizenFrame>
  );
}
