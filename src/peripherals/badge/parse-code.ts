import { checkCharacters } from './check-characters.ts';

/** What a scanned text means to the station. It claims, it proves nothing: whoever acts on it looks the reference up. */
export type CodeMeaning =
  | { readonly kind: 'operator-badge'; readonly operatorId: string }
  | { readonly kind: 'work-order'; readonly workOrderId: string }
  | { readonly kind: 'enrolment'; readonly token: string }
  /** @property receipt e.g. `7KQ2-M8XD` */
  | { readonly kind: 'receipt'; readonly receipt: string }
  /** A numbered form of the paper pack. */
  | { readonly kind: 'paper-form'; readonly serial: string }
  | {
      readonly kind: 'unknown';
      readonly why: 'not-ours' | 'newer-version' | 'unknown-kind' | 'malformed' | 'wrong-check';
    };

/** The kinds that carry a body, by their letter in the code. */
const KINDS = { B: 'operator-badge', W: 'work-order', E: 'enrolment', F: 'paper-form' } as const;
type Letter = keyof typeof KINDS;

/** Crockford's base 32 in two groups of four, as on the citizen's receipt. */
const RECEIPT = /^THUENGBAN:([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})$/;
const OURS = /^TB([1-9][0-9]{0,2}):/;
/** Capitals only, so that a QR code can use its dense alphanumeric mode. */
const VERSION_1 = /^TB1:([A-Z]):([0-9A-Z]{1,64}):([0-9A-Z]{2})$/;

/**
 * Says what a code means. The grammar, version 1 (check characters: ISO/IEC 7064 MOD 1271-36 over kind and body):
 *
 *     code    = "TB1:" kind ":" body ":" check     e.g. TB1:B:KAMNAN07:WL
 *     kind    = "B" (operator badge) / "W" (work order) / "E" (enrolment) / "F" (paper form)
 *     body    = 1 to 64 of A-Z, 0-9: nothing that the check does not cover
 *     check   = 2 of A-Z, 0-9
 *     receipt = "THUENGBAN:" 4 "-" 4 of Crockford's base 32
 *
 * Anything else is `unknown`, with the reason: a value, because people hold all sorts of codes before a scanner.
 */
export function parseCode(text: string): CodeMeaning {
  const receipt = RECEIPT.exec(text)?.[1];
  if (receipt !== undefined) return { kind: 'receipt', receipt };
  const version = OURS.exec(text)?.[1];
  if (version === undefined) return { kind: 'unknown', why: 'not-ours' };
  if (version !== '1') return { kind: 'unknown', why: 'newer-version' };
  const [, letter, body, check] = VERSION_1.exec(text) ?? [];
  if (letter === undefined || body === undefined) return { kind: 'unknown', why: 'malformed' };
  if (checkCharacters(letter + body) !== check) return { kind: 'unknown', why: 'wrong-check' };
  switch (letter) {
    case 'B':
      return { kind: 'operator-badge', operatorId: body };
    case 'W':
      return { kind: 'work-order', workOrderId: body };
    case 'E':
      return { kind: 'enrolment', token: body };
    case 'F':
      return { kind: 'paper-form', serial: body };
    default:
      return { kind: 'unknown', why: 'unknown-kind' };
  }
}

/**
 * Writes a code of version 1, for printing badges, work orders and paper forms.
 * @param body as in the grammar of {@link parseCode}
 * @throws RangeError for any other
 */
export function formatCode(kind: (typeof KINDS)[Letter], body: string): string {
  const letter = (Object.keys(KINDS) as Letter[]).find((one) => KINDS[one] === kind);
  const code = `TB1:${letter}:${body}:${checkCharacters(`${letter}${body}`)}`;
  if (parseCode(code).kind !== kind) throw new RangeError('not a body that a code can carry');
  return code;
}
