import { AnswerPicture } from '../drawings/card-pictures.tsx';
import { BackMark, CloseMark } from '../drawings/tool-marks.tsx';
import { useLanguage } from '../i18n/use-text.ts';
import { Button } from '../parts/buttons.tsx';
import { Headline } from '../parts/main-line.tsx';
import { OtherLanguage, Phrase } from '../parts/phrase.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

const ANSWERS = ['yes', 'no', 'stop'] as const;

/** To point at; nothing happens by it, people see it and act. */
export function Answers() {
  const { actions } = useCitizen();
  const other = useLanguage() === 'th' ? 'en' : 'th';
  return (
    <>
      <main class="stage pointing">
        <Headline say="card.point" look="sr-only">
          <Phrase id="card.point" />
        </Headline>
        <ul>
          {ANSWERS.map((answer) => (
            <li key={answer} data-say={`card.${answer}`}>
              <AnswerPicture answer={answer} />
              <strong>
                <Phrase id={`card.${answer}`} />
              </strong>
              <span lang={other}>
                <OtherLanguage id={`card.${answer}`} />
              </span>
            </li>
          ))}
        </ul>
      </main>
      <div class="answers wide card-row">
        <Button kind="secondary" testId="close" id="tool.close" mark={<CloseMark />} onTap={actions.close} />
        <Button
          kind="secondary"
          testId="cards"
          id="card.label"
          mark={<BackMark />}
          onTap={() => actions.open({ sheet: 'cards', page: 0 })}
        />
      </div>
    </>
  );
}
