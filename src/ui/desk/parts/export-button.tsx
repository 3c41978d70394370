import type { Ask } from '../../../kiosk/desk-protocol.ts';
import { both } from '../../i18n/text.ts';
import { useDesk } from '../use-desk.ts';
import { Icon } from './icon.tsx';

interface ExportButtonProps {
  readonly what: Extract<Ask, { do: 'export' }>['what'];
  readonly label: string;
  /** The day report's; without it, today. */
  readonly day?: string | undefined;
}

/** Writes files to a stick and says where they are. */
export function ExportButton({ what, label, day }: ExportButtonProps) {
  const desk = useDesk();
  const save = async () => {
    const saved = await desk.ask({ do: 'export', what, day });
    if (!saved) return;
    const words = both('common.exported', { folder: saved.folder, n: saved.files.length });
    desk.notice.value = { tone: 'done', words };
  };
  return (
    <button type="button" class="second" data-export={what} onClick={save}>
      <Icon name="stick" />
      {label}
    </button>
  );
}
