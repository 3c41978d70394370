import type { Need } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from './icon.tsx';

export const NEEDS: readonly Need[] = ['bedridden', 'deaf', 'blind', 'wheelchair'];

/** What somebody needs, each as a drawing and its word. */
export function Needs({ needs }: { readonly needs: readonly Need[] }) {
  const t = useText();
  if (needs.length === 0) return null;
  return (
    <span class="needs">
      {needs.map((need) => (
        <span class="need" key={need}>
          <Icon name={need} />
          {t(`need.${need}`)}
        </span>
      ))}
    </span>
  );
}
