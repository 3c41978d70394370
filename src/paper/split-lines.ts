/** What may not begin a line: it belongs to the word before. */
const CLINGS = /^[\s,.;:!?%)\]}”’»ๆฯ…]/u;
/** What may not end a line. */
const OPENS = /[([{“‘«]$/u;
const THAI = /[\u0E00-\u0E7F]/;

const words = new Intl.Segmenter('th', { granularity: 'word' });
const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' });

/**
 * Breaks a text into lines: between Thai words, which are written without spaces, and at spaces elsewhere, so that dates, codes,
 * addresses and telephone numbers stay whole. A piece that is wider than the line is broken between letters, never between a letter and its marks.
 * @param widthOf width of a piece of text as it is drawn
 */
export function splitLines(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const piece of pieces(paragraph)) {
      if (widthOf((line + piece).trimEnd()) <= width) {
        line += piece;
        continue;
      }
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = piece.trimStart();
      while (widthOf(line.trimEnd()) > width) {
        const head = fitting(line, width, widthOf);
        if (head === line) break;
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    return [...lines, line.trimEnd()];
  });
}

/** Smallest parts between which a line may end; joined they are the text. */
function pieces(text: string): readonly string[] {
  const parts: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = parts.at(-1);
    const isJoined =
      last !== undefined &&
      (CLINGS.test(segment) ||
        (/\d\s$/.test(last) && /^\d/.test(segment)) ||
        OPENS.test(last) ||
        (!THAI.test(segment) && !THAI.test(last) && !/\s$/u.test(last)));
    if (isJoined) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

/** As many letters as fit, at least one. */
function fitting(text: string, width: number, widthOf: (text: string) => number): string {
  let head = '';
  for (const { segment } of graphemes.segment(text)) {
    if (head !== '' && widthOf(head + segment) > width) break;
    head += segment;
  }
  return head;
}
