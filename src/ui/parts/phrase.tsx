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
  return broken(marked(useLanguage(), id, figures));
}

/** The same sentence in the other language, for cards that two people read together. */
export function OtherLanguage({ id }: { readonly id: MessageKey }) {
  return broken(marked(useLanguage() === 'th' ? 'en' : 'th', id));
}

/** Words that the programme brings; it may mark where they break best, as our own sentences do. */
export function Said({ words }: { readonly words: string }) {
  return words.includes('|') ? broken(words) : words;
}

function broken(sentence: string) {
  return spaced(sentence.split('||'), (clause) => (
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
