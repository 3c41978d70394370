import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { TimeRing } from '../drawings/time-ring.tsx';
import { Button } from '../parts/buttons.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

export function StillThere({ state }: { readonly state: Extract<CitizenScreen, { screen: 'still-there' }> }) {
  const { actions } = useCitizen();
  const answers = <Button kind="primary" testId="more-time" id="still-there.more" onTap={actions.moreTime} />;
  return (
    <CitizenFrame step={null} mayCallStaff layout="full" answers={answers}>
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
