import type { PinHash } from './pin.ts';

/** What somebody is here for. */
export type Role = 'operator' | 'officer' | 'witness' | 'technician' | 'chief';

/** What may be done at the desk. */
export type Right = 'visits' | 'decide' | 'orders' | 'day' | 'team' | 'repair';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  operator: ['visits', 'decide', 'orders', 'day'],
  officer: ['visits', 'decide', 'orders', 'day', 'team'],
  chief: ['visits', 'decide', 'orders', 'day', 'team'],
  // Attends and is named in records; nothing of a person is shown to them.
  witness: [],
  technician: ['orders', 'repair'],
};
export const rightsOf = (role: Role): readonly Right[] => RIGHTS[role];

/** Somebody who may work at this station. */
export interface StaffMember {
  readonly id: string;
  readonly name: { readonly th: string; readonly en: string };
  readonly role: Role;
  readonly organisation: string;
  /** Beginnings of official area codes in which they may act; empty = everywhere. */
  readonly areas: readonly string[];
  /** Programmes whose lists name them: they see and serve the people of these; none = of all, as whom the station itself has entered. */
  readonly programmes?: readonly string[] | undefined;
  readonly pin: PinHash | null;
  /** SHA-256 in hexadecimal digits of the operator id on the badge. */
  readonly badge: string | null;
  /** Keyed pseudonym of their own ID card. */
  readonly subject: string | null;
  /** Last day, ISO; `null` = until told otherwise. */
  readonly until: string | null;
}

/** Whether two entries of the staff list are one person: the same entry, or the same card or badge. */
export function isSamePerson(one: StaffMember, other: StaffMember): boolean {
  const isShared = (of: 'subject' | 'badge') => one[of] !== null && one[of] === other[of];
  return one.id === other.id || isShared('subject') || isShared('badge');
}

/**
 * Whether somebody may act here today.
 * @param villages official codes of the villages on the station's lists; none = no list has come yet
 * @param today ISO day
 */
export function mayActHere(member: StaffMember, villages: readonly string[], today: string): boolean {
  if (member.until !== null && member.until < today) return false;
  return villages.length === 0 || villages.some((village) => isInAreas(village, member.areas));
}

/** Whether a village lies in one of the areas; without areas everything does, and somebody of no known village is everybody's. */
export function isInAreas(village: string, areas: readonly string[]): boolean {
  return areas.length === 0 || village === '' || areas.some((area) => village.startsWith(area));
}
