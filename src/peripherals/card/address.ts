/** The registered address. Parts are without their Thai word (`ตำบล`, `หมู่ที่`, …); absent ones are `''`. */
export interface ThaiAddress {
  /** As on the chip, with `#` between the parts and every Thai word. */
  readonly raw: string;
  readonly houseNumber: string;
  /** Village number. */
  readonly moo: string;
  readonly trok: string;
  readonly soi: string;
  readonly road: string;
  /** ตำบล, in Bangkok แขวง. */
  readonly tambon: string;
  /** อำเภอ, in Bangkok เขต. */
  readonly amphoe: string;
  readonly province: string;
}

const MIDDLE = { moo: /^หมู่(ที่)?/, trok: /^ตรอก/, soi: /^ซอย/, road: /^ถนน/ } as const;
type Middle = keyof typeof MIDDLE;
const MIDDLE_NAMES = Object.keys(MIDDLE) as Middle[];

/**
 * Parses `house#moo#trok#soi#road#tambon#amphoe#province`. The last three are taken by position, those in the middle
 * by their Thai word, because cards leave parts out or shift them; without a word, position decides if it is free.
 */
export function parseAddress(text: string): ThaiAddress {
  const parts = text.split('#').map((part) => part.trim());
  const hasArea = parts.length >= 4;
  const [tambon = '', amphoe = '', province = ''] = hasArea ? parts.slice(-3) : [];
  const middle = parts.slice(1, hasArea ? -3 : undefined);
  const found: Record<Middle, string> = { moo: '', trok: '', soi: '', road: '' };
  const unnamed: { readonly at: Middle | undefined; readonly part: string }[] = [];
  for (const [i, part] of middle.entries()) {
    const name = MIDDLE_NAMES.find((candidate) => MIDDLE[candidate].test(part));
    if (name !== undefined && found[name] === '') found[name] = part.replace(MIDDLE[name], '').trim();
    else if (part !== '') unnamed.push({ at: MIDDLE_NAMES[i], part });
  }
  for (const { at, part } of unnamed) if (at !== undefined && found[at] === '') found[at] = part;
  return {
    raw: text,
    houseNumber: parts[0] ?? '',
    ...found,
    tambon: tambon.replace(/^(ตำบล|แขวง)/, '').trim(),
    amphoe: amphoe.replace(/^(อำเภอ|เขต)/, '').trim(),
    province: province.replace(/^จังหวัด/, '').trim(),
  };
}
