import { lastExplainPage } from '../citizen-page.ts';
import { ExplainPicture } from '../drawings/explain-pictures.tsx';
import { BackMark, CloseMark, NextMark } from '../drawings/tool-marks.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { Button, CallStaffButton, Tool } from '../parts/buttons.tsx';
import { Headline, Help, MainLine } from '../parts/main-line.tsx';
import { PageDots } from '../parts/page-dots.tsx';
import { Said } from '../parts/phrase.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Tools } from '../parts/tools.tsx';
import { useCitizen } from '../parts/use-citizen.ts';
import { useSwipe } from '../parts/use-swipe.ts';

/** Longer sentences get smaller letters, never below those of the help line; characters. */
const LONG = 48;

/** What the programme is, a picture and a sentence at a time; its LINE account at the end when it has one. */
export function Explain({ page }: { readonly page: number }) {
  const { model, actions } = useCitizen();
  const language = useLanguage();
  const t = useText();
  const last = lastExplainPage(model);
  const turn = (to: number) =>
    to > last ? actions.close() : actions.open({ sheet: 'explain', page: Math.max(0, to) });
  const swipe = useSwipe(
    () => turn(page + 1),
    () => turn(page - 1),
  );
  const mayCall = model.view.screen === 'idle';
  const shown = model.programme?.explain[page];
  const line = model.programme?.line;
  return (
    <>
      <header class="head sheet-head">
        <Tool testId="close" id="tool.close" onTap={actions.close}>
          <CloseMark />
        </Tool>
        <PageDots page={page} of={last + 1} />
      </header>
      <Tools explain={null} hasCards={false} />
      <main class="stage full explain" {...swipe}>
        {shown ? (
          <>
            <ExplainPicture picture={shown.picture} />
            <div class="words">
              <Headline say={shown.audio} look={shown.words[language].length > LONG ? 'long' : ''}>
                <Said words={shown.words[language]} />
              </Headline>
            </div>
          </>
        ) : null}
        {!shown && line ? (
          <>
            <div class="art line-qr">
              <QrCode text={line.qrText} label={t('explain.line-qr', { name: line.name })} />
            </div>
            <div class="words">
              <MainLine id="explain.line" />
              <p class="help">{line.name}</p>
              <Help id="explain.line-help" look="extra" />
            </div>
          </>
        ) : null}
      </main>
      <div class={`answers ${mayCall ? '' : 'wide'}`}>
        {page > 0 ? (
          <Button kind="secondary" testId="back" id="tool.back" mark={<BackMark />} onTap={() => turn(page - 1)} />
        ) : null}
        <Button
          kind="primary"
          testId="next"
          id={page < last ? 'tool.next' : 'tool.end'}
          mark={page < last ? <NextMark /> : null}
          onTap={() => turn(page + 1)}
        />
      </div>
      {mayCall ? <CallStaffButton id="staff.call" onTap={actions.callStaff} /> : null}
    </>
  );
}
