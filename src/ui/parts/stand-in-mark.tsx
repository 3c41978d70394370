import { useText } from '../i18n/use-text.ts';
import { useCitizen } from './use-citizen.ts';

/** While the computer's voice stands in for a recorded one, the screen says so; demo mode only. */
export function StandInMark() {
  const { model } = useCitizen();
  const t = useText();
  if (model.voice !== 'stand-in') return null;
  return (
    <p class="stand-in" aria-hidden="true">
      {t('tool.stand-in')}
    </p>
  );
}
