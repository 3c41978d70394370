import type { ComponentChildren } from 'preact';
import type { Language } from '../../visit/types.ts';
import { CallStaffMark } from '../drawings/hand.tsx';
import type { MessageKey } from '../i18n/th.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { Phrase } from './phrase.tsx';

interface ButtonProps {
  /** `choice`: one of several that weigh the same. */
  readonly kind: 'primary' | 'secondary' | 'choice';
  readonly testId: string;
  readonly id: MessageKey;
  readonly onTap: (tap: MouseEvent) => void;
  readonly mark?: ComponentChildren;
  /** A tap does nothing yet. */
  readonly isWaiting?: boolean;
}

export function Button({ kind, testId, id, onTap, mark, isWaiting = false }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      data-testid={testId}
      aria-disabled={isWaiting}
      onClick={isWaiting ? undefined : onTap}
    >
      {mark}
      <span data-say={id}>
        <Phrase id={id} />
      </span>
    </button>
  );
}

interface ToolProps {
  readonly testId: string;
  readonly id: MessageKey;
  readonly onTap: () => void;
  readonly children: ComponentChildren;
  readonly isOn?: boolean;
}

/** A small square button of the edge: a drawing, and its word where there is room for it. */
export function Tool({ testId, id, onTap, children, isOn }: ToolProps) {
  const t = useText();
  return (
    <button
      type="button"
      class={`button tool tool-${testId}`}
      data-testid={testId}
      aria-label={t(id)}
      aria-pressed={isOn}
      onClick={onTap}
    >
      {children}
      <span class="tool-word" data-say={id}>
        <Phrase id={id} />
      </span>
    </button>
  );
}

/** Top right on every screen: the other language, in its own letters. */
export function LanguageButton({ onChoose }: { readonly onChoose: (language: Language) => void }) {
  const other = useLanguage() === 'th' ? 'en' : 'th';
  const t = useText();
  return (
    <button type="button" class="button language" lang={other} data-testid="language" onClick={() => onChoose(other)}>
      {t('language.other')}
    </button>
  );
}

/** Bottom right on every screen before the end: a person is always one tap away. */
export function CallStaffButton({ id, onTap }: { readonly id: MessageKey; readonly onTap: () => void }) {
  return (
    <button type="button" class="button call-staff" data-testid="call-staff" onClick={onTap}>
      <CallStaffMark />
      <span data-say={id}>
        <Phrase id={id} />
      </span>
    </button>
  );
}
