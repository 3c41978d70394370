import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';

/** Somebody at the kiosk waits for staff: said on every page, before sign-in too, but to whoever is with them. */
export function Awaited() {
  const t = useText();
  const desk = useDesk();
  if (!desk.isAwaited.value || desk.state.value?.isStaffThere) return null;
  return (
    <section class="awaited" aria-live="polite">
      <p>{t('bar.awaited')}</p>
      <button type="button" class="second" data-testid="staff-done" onClick={desk.staffDone}>
        {t('bar.take-over')}
      </button>
    </section>
  );
}
