import type { Brand } from '../../shared/brand.ts';

/**
 * Thai citizen number: 13 digits, the last one a modulus-11 check digit.
 * Only this file can make a {@link CitizenId}; everywhere else a bare string is not one.
 */
export type CitizenId = Brand<string, 'CitizenId'>;

/**
 * Returns the branded number, or `undefined` when the shape or the check digit is wrong.
 * The check catches noise and proves nothing: the third digit has weight 11 and so does not count at all.
 */
export function parseCitizenId(text: string): CitizenId | undefined {
  if (!/^[0-9]{13}$/.test(text)) return undefined;
  const weighted = Array.from(text.slice(0, 12), (digit, i) => Number(digit) * (13 - i)).reduce((a, b) => a + b, 0);
  return (11 - (weighted % 11)) % 10 === Number(text[12]) ? (text as CitizenId) : undefined;
}

/** For screens of staff and for the command line: `9-xxxx-xxxxx-12-3`. Still personal data: not for logs. */
export function maskCitizenId(id: CitizenId): string {
  return `${id[0]}-xxxx-xxxxx-${id.slice(10, 12)}-${id[12]}`;
}
