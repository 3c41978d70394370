import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { MessageKey } from '../i18n/th.ts';
import { Phrase } from './phrase.tsx';

interface MainLineProps {
  readonly id: MessageKey;
  /** A drawing beside the words. */
  readonly mark?: ComponentChildren;
  readonly look?: string;
}

export function MainLine({ id, mark, look = '' }: MainLineProps) {
  return (
    <Headline say={id} mark={mark} look={look}>
      <Phrase id={id} />
    </Headline>
  );
}

interface HeadlineProps {
  /** Message id of the clip. */
  readonly say: string;
  readonly mark?: ComponentChildren;
  readonly look?: string;
  readonly children: ComponentChildren;
}

/**
 * The screen's main line. It takes the focus when its screen comes up, so that a screen reader says it and the next
 * Tab goes to the answers; not when the focus is elsewhere, such as on the panel beside the kiosk in demo mode.
 */
export function Headline({ say, mark, look = '', children }: HeadlineProps) {
  const line = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.hasFocus()) line.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 class={`main ${look}`} tabIndex={-1} ref={line} data-say={say}>
      {mark}
      <span>{children}</span>
    </h1>
  );
}

/** The second sentence, when there is one. */
export function Help({ id, look = '' }: { readonly id: MessageKey; readonly look?: string }) {
  return (
    <p class={`help ${look}`} data-say={id}>
      <Phrase key={id} id={id} />
    </p>
  );
}
