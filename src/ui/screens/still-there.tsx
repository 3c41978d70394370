import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { TimeRing } from '../drawings/time-ring.tsx';
import { Button } from '../parts/buttons.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';

interface StillThereProps {
  readonly state: Extract<CitizenScreen, { screen: 'still-there' }>;
  readonly actions: CitizenActions;
}

export function StillThere({ state, actions }: StillThereProps) {
  const answers = (
    <Button kind="primary" testId="more-time" onTap={actions.moreTime}>
      <Phrase id="still-there.more" />
    </Button>
  );
  return (
    <CitizenFrame actions={actions} step={null} mayCallStaff layout="full" answers={answers}>
      <TimeRing secondsLeft={state.secondsLeft} />
      <div class="words">
        <MainLine id="still-there.main" />
        <p class="help" role="timer">
          <Phrase id="still-there.help" figures={{ n: state.secondsLeft }} />
        </p>
      </div>
    </CitizenFrame>
  );
}
