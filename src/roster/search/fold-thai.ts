/** Letters that people write for one another, as they stand beside the one that stands for all. */
const ALIKE: readonly (readonly [letters: string, as: string])[] = [
  ['ศษซ', 'ส'],
  ['รฬ', 'ล'],
  ['ญ', 'ย'],
  ['ฌ', 'ช'],
  ['ณ', 'น'],
  ['ฎ', 'ด'],
  ['ฏ', 'ต'],
  ['ฐ', 'ถ'],
  ['ฑ', 'ท'],
  ['ฒ', 'ธ'],
  // Vowels, long and short as one: a, i and ue, u.
  ['\u0e30\u0e31', '\u0e32'],
  ['\u0e35\u0e36\u0e37', '\u0e34'],
  ['\u0e39', '\u0e38'],
];
const AS: ReadonlyMap<string, string> = new Map(
  ALIKE.flatMap(([letters, as]) => [...letters].map((letter) => [letter, as] as const)),
);

/**
 * A Thai word as it is heard rather than spelled: two usual spellings of a name fold to the same letters. Tone marks and silent letters
 * go, letters of one sound become one, long vowels are short, doubled letters single. Anything else is only made lower case.
 */
export function foldThai(text: string): string {
  const heard = plainThai(text)
    // Silent letter with its mark, then marks of tone and length.
    .replace(/[ตทด]?ร\u0e4c|[ก-ฮ](?:\u0e34|\u0e38)?\u0e4c/gu, '')
    .replace(/[\u0e47-\u0e4e]/gu, '')
    .replace(/รร(?=[ก-ฮ])/gu, '\u0e31')
    .replace(/รร/gu, '\u0e31น')
    .replace(/ฤๅ?/gu, 'ร\u0e34')
    .replace(/[ใไ]([ก-ฮ])ย?/gu, '$1\u0e31ย')
    .replace(/\u0e33/gu, '\u0e31ม');
  return [...heard]
    .map((letter) => AS.get(letter) ?? letter)
    .join('')
    .replace(/(.)\1+/gu, '$1')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** {@link foldThai} where silent letters are heard: somebody may type them without their mark. */
export function foldSounded(text: string): string {
  return foldThai(text.replaceAll('\u0e4c', ''));
}

/** One spelling of the same letters: composed, lower case, Western digits, no invisible characters. */
export function plainThai(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/\u0e4d\u0e32/g, '\u0e33')
    .replace(/เเ/g, 'แ')
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

const TITLES =
  /^(นางสาว|น\.\s?ส\.|นส\.|นาง|นาย|เด็กชาย|เด็กหญิง|ด\.\s?ช\.|ด\.\s?ญ\.|คุณ|mr\.?|mrs\.?|ms\.?|miss)\s*(?=\S)/u;

/** The text without the title before it; a text that is nothing else stays. */
export function withoutTitle(text: string): string {
  return text.replace(TITLES, '');
}
