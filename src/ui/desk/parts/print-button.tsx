import type { Printable } from '../../../kiosk/desk-protocol.ts';
import { both } from '../../i18n/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';
import { Icon } from './icon.tsx';

/** Prints, or says why it cannot: no button that does nothing. */
export function PrintButton({ what, label }: { readonly what: Printable; readonly label: string }) {
  const t = useText();
  const desk = useDesk();
  const printer = desk.state.value?.printer;
  if (printer !== 'ready') {
    return (
      <span class="quiet">
        {label}: {t(printer === 'trouble' ? 'common.printer-trouble' : 'common.no-printer')}
      </span>
    );
  }
  const print = async () => {
    if (!(await desk.ask({ do: 'print', what }))) return;
    desk.notice.value = { tone: 'done', words: both('common.printed') };
  };
  return (
    <button type="button" class="second" data-print={what.kind} onClick={print}>
      <Icon name="print" />
      {label}
    </button>
  );
}
