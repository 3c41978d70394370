import { Fragment } from 'preact';
import { marked } from '../i18n/text.ts';
import type { MessageKey } from '../i18n/th.ts';
import { useLanguage } from '../i18n/use-text.ts';

interface PhraseProps {
  readonly id: MessageKey;
  readonly figures?: Record<string, string | number>;
}

/**
 * A sentence that breaks first between its clauses (`||`), then between its phrases (`|`), and never inside a word,
 * which Thai does not show by spaces.
 */
export function Phrase({ id, figures }: PhraseProps) {
  return spaced(marked(useLanguage(), id, figures).split('||'), (clause) => (
    <span class="clause">
      {spaced(clause.split('|'), (phrase) => (
        <span class="phrase">{phrase}</span>
      ))}
    </span>
  ));
}

/** Pieces side by side; a space at a piece's end stays between the boxes, where the line may break. */
function spaced(pieces: readonly string[], box: (piece: string) => preact.JSX.Element) {
  return pieces.map((piece) => (
    <Fragment key={piece}>
      {box(piece.trimEnd())}
      {piece.endsWith(' ') ? ' ' : null}
    </Fragment>
  ));
}
