import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import { TimeRing } from '../drawings/time-ring.tsx';
import { Button } from '../parts/buttons.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Phrase } from '../parts/phrase.tsx';

interface StillThereProps {
  readonly state: Extract<CitizenScreen, { screen: 'still-there' }>;
  readonly actions: CitizenActions;
}

export function StillThere({ state, actions }: StillThereProps) {
  const answers = (
    <Button kind="primary" onTap={actions.moreTime}>
      <Phrase id="still-there.more" />
    </Button>
  );
  return (
    <CitizenFrame actions={actions} step={null} mayCallStaff layout="full" answers={answers}>
      <TimeRing secondsLeft={state.secondsLeft} />
      <div class="words">
        <h1 class="main">
          <Phrase id="still-there.main" />
        </h1>
        <p class="help" role="timer">
          <Phrase id="still-there.help" figures={{ n: state.secondsLeft }} />
        </p>
      </div>
    </CitizenFrame>
  );
}
