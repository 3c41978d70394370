import { TimeRing } from '../drawings/time-ring.tsx';
import { Button } from '../parts/buttons.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

/** The sheet was left alone: goes away by itself unless somebody wants to go on, as often as they like. */
export function StillLooking() {
  const { actions } = useCitizen();
  return (
    <>
      <main class="stage full">
        <TimeRing secondsLeft={30} />
        <div class="words">
          <MainLine id="explain.still-there" />
        </div>
      </main>
      <div class="answers wide">
        <Button kind="primary" testId="more-time" id="explain.more" onTap={actions.stir} />
        <Button kind="secondary" testId="close" id="tool.close" onTap={actions.close} />
      </div>
    </>
  );
}
