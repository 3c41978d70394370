const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MODULUS = 1271;

/**
 * Two check characters over the digits and capital letters of `text`; everything else is passed over.
 * Finds every single wrong character, swap and shift. It guards against misreading, not against forgery.
 * @source ISO/IEC 7064 MOD 1271-36
 */
export function checkCharacters(text: string): string {
  let rest = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value >= 0) rest = ((rest + value) * 36) % MODULUS;
  }
  const check = (MODULUS + 1 - ((rest * 36) % MODULUS)) % MODULUS;
  return `${ALPHABET[Math.floor(check / 36)]}${ALPHABET[check % 36]}`;
}
