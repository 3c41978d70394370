import { RestingStation } from '../drawings/resting-station.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { Help, MainLine } from '../parts/main-line.tsx';

/** Also shown when the station cannot be heard: so no button here that would need it. */
export function OutOfService() {
  return (
    <CitizenFrame step={null} mayCallStaff={false} layout="full">
      <RestingStation />
      <div class="words">
        <MainLine id="out-of-service.main" />
        <Help id="out-of-service.help" />
      </div>
    </CitizenFrame>
  );
}
