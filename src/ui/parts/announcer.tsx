import { useText } from '../i18n/use-text.ts';
import { captureLine } from '../screens/capture-line.ts';
import { useCitizen } from './use-citizen.ts';

/**
 * The one polite live region: what changes on a screen that stays. A new screen is not said here, for its main line takes
 * the focus and would be heard twice.
 */
export function Announcer() {
  const { model } = useCitizen();
  const t = useText();
  const { view, place, sheet } = model;
  const says = view.screen === 'capture' && !sheet ? t(captureLine(view, place)) : '';
  return (
    <p class="sr-only" role="status">
      {says}
    </p>
  );
}
