import { text } from '../i18n/text.ts';
import { useCitizen } from './use-citizen.ts';

/** While the computer's voice stands in for a recorded one, the screen says so; demo mode only. */
export function StandInMark() {
  const { model } = useCitizen();
  if (model.voice !== 'stand-in') return null;
  return (
    <p class="stand-in" aria-hidden="true">
      {text('th', 'tool.stand-in')} · {text('en', 'tool.stand-in')}
    </p>
  );
}
