import { CardPicture } from '../drawings/card-pictures.tsx';
import { BackMark, CloseMark, NextMark, PointMark } from '../drawings/tool-marks.tsx';
import { useLanguage } from '../i18n/use-text.ts';
import { Button } from '../parts/buttons.tsx';
import { Headline } from '../parts/main-line.tsx';
import { OtherLanguage, Phrase } from '../parts/phrase.tsx';
import { useCitizen } from '../parts/use-citizen.ts';
import { useSwipe } from '../parts/use-swipe.ts';
import { CARD_IDS } from './card-ids.ts';

/** Pictures to show to somebody who cannot hear or is afraid: one thing each, in both languages, nothing else on it. */
export function Cards({ page }: { readonly page: number }) {
  const { actions } = useCitizen();
  const last = CARD_IDS.length - 1;
  const turn = (to: number) => actions.open({ sheet: 'cards', page: (to + last + 1) % (last + 1) });
  const swipe = useSwipe(
    () => turn(page + 1),
    () => turn(page - 1),
  );
  const card = CARD_IDS[page] ?? CARD_IDS[0];
  const id = `card.${card}` as const;
  const language = useLanguage();
  return (
    <>
      <main class="stage picture-card" {...swipe}>
        <CardPicture card={card} />
        <div class="words">
          <Headline say={id}>
            <Phrase id={id} />
          </Headline>
          <p class="other" lang={language === 'th' ? 'en' : 'th'}>
            <OtherLanguage id={id} />
          </p>
        </div>
      </main>
      <div class="answers wide card-row">
        <Button kind="secondary" testId="close" id="tool.close" mark={<CloseMark />} onTap={actions.close} />
        <Button
          kind="secondary"
          testId="answers"
          id="card.answers"
          mark={<PointMark />}
          onTap={() => actions.open({ sheet: 'answers' })}
        />
        <Button kind="secondary" testId="back" id="tool.back" mark={<BackMark />} onTap={() => turn(page - 1)} />
        <Button kind="secondary" testId="next" id="tool.next" mark={<NextMark />} onTap={() => turn(page + 1)} />
      </div>
    </>
  );
}
