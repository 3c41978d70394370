import type { Signer } from '../contract/envelope/keys.ts';
import { readReceiptCredential, signReceiptCredential } from '../contract/envelope/receipt-credential.ts';
import {
  RECEIPT_TYPES,
  type ReceiptCredential,
  type ReceiptTrust,
  STATION_URN,
} from '../contract/receipt-credential.ts';
import type { NextStepId, OutcomeKind } from '../visit/types.ts';

/** What a receipt is made of. */
export interface ReceiptFacts {
  readonly station: string;
  /** As `receiptOf` gives it. */
  readonly code: string;
  /** When the outcome was recorded, RFC 3339. */
  readonly at: string;
  readonly outcome: OutcomeKind;
  /** Code of the record, or `null`. */
  readonly reason: string | null;
  readonly nextStep: { readonly id: NextStepId; readonly where: string | null; readonly due: string | null };
  /** Id of the programme, or `null`. */
  readonly programme: string | null;
  /** The whole citizen number; four digits of it go into the receipt. `null` = no card, or declined. */
  readonly citizenNumber: string | null;
  /** Whose hand it goes into; a representative's says until when they may act. */
  readonly holder: { readonly role: 'citizen' } | { readonly role: 'representative'; readonly until: string };
}

/** What a genuine receipt says. */
export interface ReceiptContent {
  readonly code: string;
  readonly outcome: OutcomeKind;
  readonly at: string;
  readonly station: string;
  /** e.g. `•-••••-••••1-23-4`, or `null`. */
  readonly maskedNumber: string | null;
  readonly reason: string | null;
  readonly nextStep: { readonly id: string; readonly where: string | null; readonly due: string | null };
  readonly programme: string | null;
  readonly role: 'citizen' | 'representative';
  readonly until: string | null;
}

export interface ReceiptVerdict {
  readonly state: 'genuine' | 'changed' | 'unknown-issuer' | 'not-a-receipt';
  /** `null` unless genuine: nothing else that a receipt says is worth showing. */
  readonly receipt: ReceiptContent | null;
}

/** A signed receipt and what its QR code says. */
export interface IssuedReceipt {
  readonly credential: string;
  readonly qrText: string;
}

/** Codes that a citizen is told by a milder one: no paper may say that somebody was suspected or doubted. */
const TOLD_AS: Readonly<Record<string, string>> = {
  'attack-check': 'officer-review',
  'officers-disagree': 'officer-review',
  'officers-unsure': 'officer-review',
};

/**
 * Signs the receipt of an outcome.
 * @param verifyUrl page that checks receipts: the QR then opens it on any phone, and what follows `#` never leaves the phone;
 *   `null` = the bare credential
 * @throws ZodError for facts that no receipt can carry
 */
export function issueReceipt(facts: ReceiptFacts, signer: Signer, verifyUrl: string | null): IssuedReceipt {
  const credential = signReceiptCredential(credentialOf(facts), signer);
  return { credential, qrText: verifyUrl === null ? credential : `${verifyUrl}#${credential}` };
}

/** The credential of an outcome, unsigned. What is not known is left out: every character makes the QR code denser. */
export function credentialOf(facts: ReceiptFacts): ReceiptCredential {
  const { station, at, outcome, reason, nextStep, programme, citizenNumber, holder } = facts;
  const number = outcome === 'declined' ? null : citizenNumber;
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'urn:thuengban:receipt:' }],
    type: [...RECEIPT_TYPES],
    issuer: `${STATION_URN}${station}`,
    validFrom: `${new Date(at).toISOString().slice(0, 19)}Z`,
    credentialSubject: {
      receipt: facts.code,
      outcome,
      ...(reason === null ? {} : { reason: TOLD_AS[reason] ?? reason }),
      next: nextStep.id,
      ...(nextStep.where === null ? {} : { where: nextStep.where.slice(0, 120) }),
      ...(nextStep.due === null ? {} : { due: nextStep.due }),
      ...(programme === null ? {} : { programme }),
      ...(number === null ? {} : { number: number.slice(-4) }),
      ...(holder.role === 'citizen' ? {} : { role: holder.role, until: holder.until }),
    },
  };
}

/**
 * Says whether a text is a genuine receipt.
 * @param text the credential, or an address that ends with `#` and it; spaces and line ends around it are none of its own
 * @param nowMs the reader's clock, for keys that are refused from some time on
 */
export function verifyReceipt(text: string, trust: ReceiptTrust, nowMs: number): ReceiptVerdict {
  const trimmed = text.trim();
  const read = readReceiptCredential(trimmed.slice(trimmed.lastIndexOf('#') + 1), trust, nowMs);
  if (read.kind !== 'genuine') return { state: read.kind, receipt: null };
  const { validFrom, credentialSubject: said } = read.credential;
  return {
    state: 'genuine',
    receipt: {
      code: said.receipt,
      outcome: said.outcome,
      at: validFrom,
      station: read.station,
      maskedNumber: said.number === undefined ? null : maskedNumber(said.number),
      reason: said.reason ?? null,
      nextStep: { id: said.next, where: said.where ?? null, due: said.due ?? null },
      programme: said.programme ?? null,
      role: said.role ?? 'citizen',
      until: said.until ?? null,
    },
  };
}

/** A citizen number as people write it, with only its last four digits to be read. @param digits the number, or its last four digits */
export function maskedNumber(digits: string): string {
  const [a, b, c, d] = digits.slice(-4);
  return `•-••••-••••${a}-${b}${c}-${d}`;
}
