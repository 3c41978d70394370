import type { ComponentChildren } from 'preact';
import type { Language } from '../../visit/types.ts';
import { CallStaffMark } from '../drawings/hand.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { Phrase } from './phrase.tsx';

interface ButtonProps {
  readonly kind: 'primary' | 'secondary';
  readonly testId: string;
  readonly onTap: () => void;
  readonly children: ComponentChildren;
}

export function Button({ kind, testId, onTap, children }: ButtonProps) {
  return (
    <button type="button" class={`button ${kind}`} data-testid={testId} onClick={onTap}>
      <span>{children}</span>
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
export function CallStaffButton({ onTap }: { readonly onTap: () => void }) {
  return (
    <button type="button" class="button call-staff" data-testid="call-staff" onClick={onTap}>
      <CallStaffMark />
      <span>
        <Phrase id="staff.call" />
      </span>
    </button>
  );
}
