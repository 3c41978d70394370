/** A name in parts; a part that the card does not have is `''`. */
export interface PersonName {
  readonly prefix: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  /** The parts that are there, with one space between. */
  readonly full: string;
}

/** Splits `prefix#first#middle#last`. */
export function parseName(text: string): PersonName {
  const parts = text.split('#').map((part) => part.trim());
  const [prefix = '', first = '', middle = '', ...rest] = parts;
  const last = rest.filter((part) => part !== '').join(' ');
  return { prefix, first, middle, last, full: [prefix, first, middle, last].filter((part) => part !== '').join(' ') };
}
