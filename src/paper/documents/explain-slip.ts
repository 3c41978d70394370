import type { Words } from '../../visit/reasons.ts';
import type { Doc } from '../blocks.ts';

export interface Explained {
  readonly name: Words;
  /** What it is, where the money can be used, how long, whom to ask: a sentence or two each. */
  readonly explain: readonly { readonly words: Words }[];
  /** LINE account of the tambon; `qrText` is its add-friend address. */
  readonly line: { readonly name: string; readonly qrText: string } | null;
}

/** The programme in short, to take home. @param at RFC 3339 */
export function explainSlip({ name, explain, line }: Explained, at: string): Doc {
  return {
    title: name.th,
    at,
    foot: null,
    blocks: [
      { kind: 'heading', level: 1, words: name },
      { kind: 'rule', style: 'solid' },
      ...explain.flatMap(({ words }) => [
        { kind: 'words', words, isLarge: false } as const,
        { kind: 'space', mm: 2 } as const,
      ]),
      ...(line ? friend(line) : []),
      { kind: 'space', mm: 4 },
    ],
  };
}

/** QR code by which a phone becomes a friend of the tambon's LINE account. @param at RFC 3339 */
export function lineFriendSlip(line: NonNullable<Explained['line']>, at: string): Doc {
  return { title: line.name, at, foot: null, blocks: [...friend(line), { kind: 'space', mm: 4 }] };
}

function friend({ name, qrText }: NonNullable<Explained['line']>): Doc['blocks'] {
  return [
    { kind: 'heading', level: 2, words: { th: 'สอบถามทาง LINE', en: 'Ask us on LINE' } },
    { kind: 'words', words: { th: name, en: '' }, isLarge: false },
    { kind: 'qr', text: qrText, caption: { th: 'สแกนเพื่อเพิ่มเพื่อน', en: 'Scan to add us as a friend' }, mostMm: 40 },
  ];
}
