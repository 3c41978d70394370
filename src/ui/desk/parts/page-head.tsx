import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';
import { Icon } from './icon.tsx';

interface PageHeadProps {
  readonly title: ComponentChildren;
  /** Beneath the title. */
  readonly children?: ComponentChildren;
}

/** The way back and the heading, which takes the focus when the page appears, so that a reader begins there. */
export function PageHead({ title, children }: PageHeadProps) {
  const t = useText();
  const desk = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header class="page-head">
      {desk.mayGoBack.value ? (
        <button type="button" class="tool back" data-testid="back" onClick={desk.back}>
          <Icon name="back" />
          <span>{t('nav.back')}</span>
        </button>
      ) : null}
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </header>
  );
}
