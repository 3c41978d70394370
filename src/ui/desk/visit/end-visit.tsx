import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { choiceOf, ENDING, iconOf, type Why } from '../people/quick.ts';
import { useDesk } from '../use-desk.ts';

interface EndVisitProps {
  readonly visitId: string;
  readonly onClose: () => void;
}

/** Why it ends here: the card, or the person's own wish. */
export function EndVisit({ visitId, onClose }: EndVisitProps) {
  const t = useText();
  const desk = useDesk();
  const end = async (why: Why) => {
    await desk.ask({ do: 'end-visit', visitId, choice: choiceOf(why) });
    onClose();
  };
  return (
    <Sheet title={t('visit.end-main')} onClose={onClose}>
      <div class="tiles">
        {ENDING.map((why) => (
          <button type="button" key={why} class="choice" data-why={why} onClick={() => end(why)}>
            <Icon name={iconOf(why)} />
            {t(`why.${why}`)}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
