import { useEffect, useState } from 'preact/hooks';
import type { CitizenScreen } from '../../kiosk/protocol.ts';
import { NoMark, YesMark } from '../drawings/answer-marks.tsx';
import { InsertCard } from '../drawings/insert-card.tsx';
import { AskMark, CompareMark, KeptMark } from '../drawings/notice.tsx';
import { useLanguage } from '../i18n/use-text.ts';
import { Button } from '../parts/buttons.tsx';
import { CardProgress } from '../parts/card-progress.tsx';
import { CitizenFrame } from '../parts/citizen-frame.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { NoticeLine } from '../parts/notice-line.tsx';
import { Said } from '../parts/phrase.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

type ReadingState = Extract<CitizenScreen, { screen: 'reading' }>;

/** The card is being read; until the person has chosen, the notice and both answers are on the same screen. */
export function Reading({ state }: { readonly state: ReadingState }) {
  const progress = <CardProgress fraction={state.progress} say={null} />;
  if (state.consent === 'asked') return <Asking state={state} progress={progress} />;
  return (
    <CitizenFrame step={1} mayCallStaff layout="side" under={progress} hasCards>
      <InsertCard way="stay" />
      <div class="words">
        <MainLine id="reading.main" />
      </div>
    </CitizenFrame>
  );
}

/** A click that no pointer made came from a switch or a key: the record says by what hand somebody consented. */
const mannerOf = ({ detail }: MouseEvent) => (detail === 0 ? 'button' : 'touch');

/** Nobody reads a question and answers it sooner than this after the one before. */
const SAME_TAP_MS = 1_000;

/** Whether this purpose has only just taken the place of the comparison's: the second tap of a trembling hand was not meant for it. */
function useIsFresh(purpose: string): boolean {
  const [isFresh, setFresh] = useState(purpose !== 'face-comparison');
  useEffect(() => {
    const timer = setTimeout(() => setFresh(false), SAME_TAP_MS);
    return () => clearTimeout(timer);
  }, []);
  return isFresh;
}

interface AskingProps {
  readonly state: ReadingState;
  readonly progress: preact.JSX.Element;
}

/** What is asked, and two answers that weigh the same: equal in size and look, and neither costs anything. */
function Asking({ state, progress }: AskingProps) {
  const { model, actions } = useCitizen();
  const language = useLanguage();
  const isWaiting = useIsFresh(state.purpose.id);
  const words = 'words' in state.purpose ? state.purpose.words[language] : null;
  const answers = (
    <>
      <Button
        kind="choice"
        testId="agree"
        id="reading.agree"
        mark={<YesMark />}
        isWaiting={isWaiting}
        onTap={(tap) => actions.consent('agree', mannerOf(tap))}
      />
      <Button
        kind="choice"
        testId="ask-staff"
        id={words === null ? 'reading.ask-staff' : 'reading.refuse'}
        mark={<NoMark />}
        isWaiting={isWaiting}
        onTap={(tap) => actions.consent('ask-staff', mannerOf(tap))}
      />
    </>
  );
  const isFace = words === null;
  const main = model.place === 'bedside' ? 'bedside.turn' : isFace ? 'reading.main' : 'reading.purpose';
  const isLarge = model.display.text > 1;
  return (
    <CitizenFrame step={1} mayCallStaff layout="full" under={progress} answers={answers} hasCards>
      <MainLine id={main} look={isFace ? '' : 'of-purpose'} />
      <ul class="notice">
        {isFace ? (
          <>
            <NoticeLine
              say="reading.compared"
              show={isLarge ? 'reading.compared-short' : null}
              mark={<CompareMark />}
            />
            <NoticeLine say="reading.kept" show={isLarge ? 'reading.kept-short' : null} mark={<KeptMark />} />
          </>
        ) : (
          <>
            <li data-say={`purpose.${state.purpose.id}`}>
              <AskMark />
              <span class="purpose">
                <Said words={words} />
              </span>
            </li>
            {isLarge ? null : <NoticeLine say="reading.free" show={null} mark={<KeptMark />} />}
          </>
        )}
      </ul>
    </CitizenFrame>
  );
}
