import type { ComponentChildren } from 'preact';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage } from '../../i18n/use-text.ts';

interface DateFieldProps {
  readonly label: ComponentChildren;
  /** `YYYY-MM-DD`, or empty. */
  readonly value: string;
  readonly min?: string;
  readonly testId?: string;
  readonly onChoose: (day: string) => void;
}

/** A day to choose. What the browser shows in it goes by the machine's settings; what was chosen stands below as people write it. */
export function DateField({ label, value, min, testId, onChoose }: DateFieldProps) {
  const language = useLanguage();
  return (
    <label>
      {label}
      <input
        type="date"
        data-testid={testId}
        value={value}
        min={min}
        onInput={({ currentTarget }) => onChoose(currentTarget.value)}
      />
      {value ? <span class="quiet">{dateText(value, language)}</span> : null}
    </label>
  );
}
