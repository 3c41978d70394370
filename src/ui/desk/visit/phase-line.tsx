import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';

const PHASES = ['reading', 'asking', 'capturing', 'checking', 'with-officers', 'ended'] as const;

/** Where the visit is, among the steps that there are. */
export function PhaseLine({ phase }: Pick<OperatorVisit, 'phase'>) {
  const t = useText();
  const now = PHASES.indexOf(phase);
  return (
    <ol class="phases" aria-label={t('phase.label')}>
      {PHASES.map((one, i) => (
        <li
          key={one}
          class={i < now ? 'past' : i === now ? 'now' : ''}
          aria-current={i === now ? 'step' : undefined}
          data-phase={one}
        >
          <span>{t(`phase.${one}`)}</span>
        </li>
      ))}
    </ol>
  );
}
