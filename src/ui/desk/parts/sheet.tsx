import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** What stands beside "cancel". */
  readonly actions?: ComponentChildren;
}

/** One question over the page: Escape or "cancel" closes it, and the focus goes back to where it came from. */
export function Sheet({ title, onClose, children, actions }: SheetProps) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const box = dialog.current;
    box?.showModal();
    heading.current?.focus();
    // Closing gives the focus back; only taking it out of the page would not.
    return () => box?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <div class="sheet-body">{children}</div>
      <div class="actions">
        {actions}
        <button type="button" class="second" data-testid="cancel" onClick={onClose}>
          {t('common.cancel')}
        </button>
      </div>
    </dialog>
  );
}
