/** Crockford's base 32: no I, L, O, U, so that it can be read aloud and copied by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 8;

/** What the citizen's screen shows: a reference that leads nowhere without the journal. */
export interface ReceiptCode {
  /** To read aloud, e.g. `7KQ2-M8XD`. */
  readonly code: string;
  /** What a QR with nothing but the reference says, e.g. `THUENGBAN:7KQ2-M8XD`. */
  readonly qrText: string;
}

/**
 * A short reference to a journal event: 40 of the 62 random bits of its UUIDv7 (the last ten hex digits).
 * It leads to the event for whoever has the journal, and tells nothing to anybody else.
 */
export function receiptOf(eventId: string): ReceiptCode {
  let bits = BigInt(`0x${eventId.replaceAll('-', '').slice(-10)}`);
  let code = '';
  for (let i = 0; i < SYMBOLS; i++) {
    code = `${ALPHABET[Number(bits & 31n)]}${code}`;
    bits >>= 5n;
  }
  const grouped = `${code.slice(0, 4)}-${code.slice(4)}`;
  return { code: grouped, qrText: `THUENGBAN:${grouped}` };
}
