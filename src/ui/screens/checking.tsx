import { Comparing } from '../drawings/comparing.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

/** No bar: nobody knows how long it takes. */
export function Checking() {
  const { place } = useCitizen().model;
  const at = place === 'bedside' ? 'bedside.checking' : 'checking.main';
  return (
    <CitizenFrame step={2} mayCallStaff layout="side">
      <Comparing />
      <div class="words">
        <MainLine id={at} />
        <Help id={place === 'bedside' ? 'bedside.checking-help' : 'checking.help'} />
      </div>
    </CitizenFrame>
  );
}
