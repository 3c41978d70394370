import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { CitizenActions } from '../citizen-view.ts';
import type { MessageKey } from '../i18n/th.ts';
import { useText } from '../i18n/use-text.ts';
import type { PreviewFeed } from '../link/preview-feed.ts';
import { CardProgress } from '../parts/card-progress.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { PreviewOval } from '../parts/preview-oval.tsx';

type CaptureState = Extract<CitizenScreen, { screen: 'capture' }>;

interface CaptureProps {
  readonly state: CaptureState;
  readonly actions: CitizenActions;
  readonly feed: PreviewFeed;
}

export function Capture({ state, actions, feed }: CaptureProps) {
  const t = useText();
  const progress =
    state.cardProgress < 1 ? <CardProgress fraction={state.cardProgress} say={t('capture.keep-card')} /> : null;
  const line = lineOf(state);
  return (
    <CitizenFrame actions={actions} step={2} mayCallStaff layout="side" under={progress}>
      <PreviewOval feed={feed} isFramed={state.framed} />
      <div class="words">
        <MainLine id="capture.main" />
        <p class="help hint" aria-live="polite">
          <Phrase key={line} id={line} />
        </p>
      </div>
    </CitizenFrame>
  );
}

/** One thing at a time: the hint when there is one, else what is good, else where the face belongs. */
function lineOf({ hint, framed, attempt }: CaptureState): MessageKey {
  if (hint) return `hint.${hint}`;
  if (framed) return 'capture.good';
  return attempt > 1 ? 'capture.again' : 'capture.ready';
}
