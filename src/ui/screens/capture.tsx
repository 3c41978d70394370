import { useText } from '../i18n/use-text.ts';
import { CardProgress } from '../parts/card-progress.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { DignityTimer } from '../parts/dignity-timer.tsx';
import { Headline, Help, MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { PreviewOval, PreviewRing } from '../parts/preview-oval.tsx';
import { useCitizen } from '../parts/use-citizen.ts';
import { type CaptureState, captureLine } from './capture-line.ts';

/** At a bedside nobody is asked more than twice, whatever the station would allow. */
const BEDSIDE_ATTEMPTS = 2;

export function Capture({ state }: { readonly state: CaptureState }) {
  const { model } = useCitizen();
  return model.place === 'bedside' ? <AtBedside state={state} /> : <AtStation state={state} />;
}

function AtStation({ state }: { readonly state: CaptureState }) {
  const { feed } = useCitizen();
  const t = useText();
  const progress =
    state.cardProgress < 1 ? <CardProgress fraction={state.cardProgress} say={t('capture.keep-card')} /> : null;
  return (
    <CitizenFrame step={2} mayCallStaff layout="side" under={progress}>
      <PreviewOval feed={feed} isFramed={state.framed} />
      <div class="words">
        <MainLine id="capture.main" />
        <Help id={captureLine(state, 'station')} look="hint" />
      </div>
    </CitizenFrame>
  );
}

/** For the operator, who holds the station: a large picture, what to do with the device, and how long it may still take. */
function AtBedside({ state }: { readonly state: CaptureState }) {
  const { feed } = useCitizen();
  const t = useText();
  const of = Math.min(state.attemptsAllowed, BEDSIDE_ATTEMPTS);
  const line = captureLine(state, 'bedside');
  const under = (
    <div class="bedside-head">
      {state.dignityLeftS === null ? null : <DignityTimer secondsLeft={state.dignityLeftS} />}
      <p class="attempt">{t('bedside.attempt', { n: Math.min(state.attempt, of), of })}</p>
    </div>
  );
  return (
    <CitizenFrame step={null} mayCallStaff layout="full" under={under}>
      <PreviewRing feed={feed} isFramed={state.framed} />
      <div class="words">
        <Headline say={line} look="hint">
          <Phrase key={line} id={line} />
        </Headline>
      </div>
    </CitizenFrame>
  );
}
