import { marked } from '../i18n/text.ts';
import type { MessageKey } from '../i18n/th.ts';
import { useLanguage } from '../i18n/use-text.ts';

/** A sentence that breaks between its phrases and not inside a word, which Thai does not show by spaces. */
export function Phrase({
  id,
  figures,
}: {
  readonly id: MessageKey;
  readonly figures?: Record<string, string | number>;
}) {
  const pieces = marked(useLanguage(), id, figures).split('|');
  return pieces.map((piece) => (
    <>
      <span key={piece} class="phrase">
        {piece.trimEnd()}
      </span>
      {piece.endsWith(' ') ? ' ' : null}
    </>
  ));
}
