import { useEffect, useRef } from 'preact/hooks';
import type { MessageKey } from '../i18n/th.ts';
import { Phrase } from './phrase.tsx';

interface MainLineProps {
  readonly id: MessageKey;
  /** A drawing beside the words. */
  readonly mark?: preact.ComponentChildren;
  readonly look?: string;
}

/**
 * The screen's main line. It takes the focus when its screen comes up, so that a screen reader says it and the next
 * Tab goes to the answers; not when the focus is elsewhere, such as on the panel beside the kiosk in demo mode.
 */
export function MainLine({ id, mark, look = '' }: MainLineProps) {
  const line = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.hasFocus()) line.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 class={`main ${look}`} tabIndex={-1} ref={line}>
      {mark}
      <span>
        <Phrase id={id} />
      </span>
    </h1>
  );
}
