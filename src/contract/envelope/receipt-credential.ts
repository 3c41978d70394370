import { sign, verify } from 'node:crypto';
import {
  MAX_RECEIPT_CHARS,
  RECEIPT_TYP,
  type ReceiptCredential,
  type ReceiptTrust,
  receiptCredentialSchema,
  receiptHeaderSchema,
  STATION_URN,
} from '../receipt-credential.ts';
import { fromPublicJwk } from '../trust.ts';
import { base64url, parseJson } from './jws.ts';
import type { Signer } from './keys.ts';

/** Compact SD-JWT (RFC 9901) in which nothing is held back: a compact JWS and the `~` that ends it. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})~$/;

/** Signs a receipt: EdDSA with Ed25519 (RFC 8037). @throws ZodError for what is no receipt of this protocol */
export function signReceiptCredential(credential: ReceiptCredential, signer: Signer): string {
  const payload = JSON.stringify(receiptCredentialSchema.parse(credential));
  const head = JSON.stringify({ alg: 'EdDSA', typ: RECEIPT_TYP, kid: signer.kid });
  const input = `${base64url(Buffer.from(head))}.${base64url(Buffer.from(payload))}`;
  return `${input}.${base64url(sign(null, Buffer.from(input), signer.key))}~`;
}

export type ReadReceipt =
  | { readonly kind: 'genuine'; readonly credential: ReceiptCredential; readonly station: string }
  | { readonly kind: 'changed' | 'unknown-issuer' | 'not-a-receipt' };

/**
 * Reads a receipt. `changed`: its signature does not hold, or it names another station than its key's. `unknown-issuer`: no key of
 * the list, or one that is refused by now, whatever time the receipt names: the thief of a key writes any time.
 * @param nowMs the reader's clock
 */
export function readReceiptCredential(text: string, trust: ReceiptTrust, nowMs: number): ReadReceipt {
  if (text.length > MAX_RECEIPT_CHARS) return { kind: 'not-a-receipt' };
  const [, head = '', body = '', mark = ''] = COMPACT.exec(text) ?? [];
  const [headBytes, bodyBytes, signature] = [head, body, mark].map(strictly);
  if (!headBytes || !bodyBytes || !signature) return { kind: 'not-a-receipt' };
  const header = receiptHeaderSchema.safeParse(parseJson(headBytes));
  if (!header.success) return { kind: 'not-a-receipt' };
  const issuer = trust.issuers.find(({ kid }) => kid === header.data.kid);
  if (!issuer) return { kind: 'unknown-issuer' };
  const key = fromPublicJwk({ kid: issuer.kid, ...issuer.jwk });
  if (!verify(null, Buffer.from(`${head}.${body}`), key, signature)) return { kind: 'changed' };
  if (issuer.refusedFrom !== null && nowMs >= Date.parse(issuer.refusedFrom)) return { kind: 'unknown-issuer' };
  const credential = receiptCredentialSchema.safeParse(parseJson(bodyBytes));
  if (!credential.success) return { kind: 'not-a-receipt' };
  if (credential.data.issuer !== `${STATION_URN}${issuer.station}`) return { kind: 'changed' };
  return { kind: 'genuine', credential: credential.data, station: issuer.station };
}

/** One spelling only: what would not be written the same way again is `undefined`. */
function strictly(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && base64url(bytes) === text ? bytes : undefined;
}
