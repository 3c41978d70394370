import { isInAreas, isSamePerson, type StaffMember } from '../staff/member.ts';
import type { DeskContext } from './context.ts';

/** Whether somebody may answer as an officer here, today and for people of this village; `''` = of no known one, who is everybody's. */
export function mayDecide({ lock, members, today }: DeskContext, id: string, village: string): boolean {
  const member = members().find((one) => one.id === id);
  return member !== undefined && lock.mayActNow(member, 'decide', today()) && isInAreas(village, member.areas);
}

/** Whether somebody may answer alone for what there is no paper of. */
export function mayAttest(desk: DeskContext, { id, role }: StaffMember, village: string): boolean {
  return (role === 'officer' || role === 'chief') && mayDecide(desk, id, village);
}

/** Dual control is by two people: the same officer twice is one, and so is somebody with two entries and one card or badge. */
export function isSameOfficer({ members }: DeskContext, staff: string, officer: StaffMember): boolean {
  const other = members().find(({ id }) => id === staff);
  return staff === officer.id || (other !== undefined && isSamePerson(other, officer));
}
