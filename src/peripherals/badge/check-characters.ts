const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MODULUS = 1271;

/**
 * Two check characters over `text`, which is made of digits and capital letters.
 * Finds every single wrong character and every swap of neighbours. It guards against misreading, not against forgery.
 * @source ISO/IEC 7064 MOD 1271-36
 */
export function checkCharacters(text: string): string {
  let rest = 0;
  for (const character of text) rest = ((rest + ALPHABET.indexOf(character)) * 36) % MODULUS;
  const check = (MODULUS + 1 - ((rest * 36) % MODULUS)) % MODULUS;
  return `${ALPHABET[Math.floor(check / 36)]}${ALPHABET[check % 36]}`;
}
