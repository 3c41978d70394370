import { maskCitizenId } from './citizen-id.ts';
import type { PersonName } from './name.ts';
import type { ThaiIdCard } from './thai-id-card.ts';

const MASK = '***';

/**
 * The card as `card read --json` prints it. Without `showPersonal` the object has the same keys, but what says who it
 * is stays hidden: of dates only their kind, of the number its first and last three digits.
 */
export function cardJson(card: ThaiIdCard, options: { readonly showPersonal: boolean }) {
  const facts = {
    photo: card.photo ?? null,
    ...(card.photoFault === undefined ? {} : { photoFault: card.photoFault }),
    atr: card.atr,
    timingsMs: card.timingsMs,
  };
  if (options.showPersonal) {
    return {
      masked: false,
      citizenId: card.citizenId as string,
      nameThai: card.nameThai,
      nameEnglish: card.nameEnglish,
      birthDate: card.birthDate,
      sex: card.sex,
      issueDate: card.issueDate ?? null,
      expiry: card.expiry,
      address: card.address,
      issuer: card.issuer,
      requestNumber: card.requestNumber,
      ...facts,
    };
  }
  return {
    masked: true,
    citizenId: maskCitizenId(card.citizenId),
    nameThai: maskParts<PersonName>(card.nameThai),
    nameEnglish: maskParts<PersonName>(card.nameEnglish),
    birthDate: { kind: card.birthDate.kind },
    sex: MASK,
    issueDate: card.issueDate === undefined ? null : MASK,
    expiry: { kind: card.expiry.kind },
    address: maskParts(card.address),
    issuer: MASK,
    requestNumber: MASK,
    ...facts,
    // A fingerprint of the face's picture would find the person again.
    photo: card.photo === undefined ? null : { ...card.photo, sha256: MASK },
  };
}

/** Keeps which parts there are, hides what they say. */
function maskParts<T extends object>(parts: T): { readonly [Key in keyof T]: string } {
  const hidden = Object.entries(parts).map(([key, value]) => [key, value === '' ? '' : MASK]);
  return Object.fromEntries(hidden) as { readonly [Key in keyof T]: string };
}
