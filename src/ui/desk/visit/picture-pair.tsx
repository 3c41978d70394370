import { useState } from 'preact/hooks';
import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useDesk } from '../use-desk.ts';

const SIDES = ['card', 'probe'] as const;
type Side = (typeof SIDES)[number];

/** Both pictures side by side, each enlarged by a tap. The texts that stand for them name nobody. */
export function PicturePair({ pictures }: Pick<OperatorVisit, 'pictures'>) {
  const t = useText();
  const [zoomed, setZoomed] = useState<Side | null>(null);
  const desk = useDesk();
  const url = (side: Side) => (pictures?.[side] ? desk.picture(pictures.token, side) : null);
  const large = zoomed && url(zoomed);
  return (
    <div class="pictures">
      {SIDES.map((side) => {
        const source = url(side);
        return (
          <figure key={side}>
            {source ? (
              <button type="button" class="picture" data-picture={side} onClick={() => setZoomed(side)}>
                <img src={source} alt={t(`judge.${side}-alt`)} />
                <span class="zoom">
                  <Icon name="zoom" />
                  <span class="sr-only">{t('judge.zoom')}</span>
                </span>
              </button>
            ) : (
              <div class="picture none">{t('judge.no-picture')}</div>
            )}
            <figcaption>{t(`judge.${side}`)}</figcaption>
          </figure>
        );
      })}
      {zoomed && large ? (
        <Sheet title={t(`judge.${zoomed}`)} onClose={() => setZoomed(null)}>
          <img class="zoomed" src={large} alt={t(`judge.${zoomed}-alt`)} />
        </Sheet>
      ) : null}
    </div>
  );
}
