import type { Refusal, Session } from '../kiosk/desk-protocol.ts';
import type { Proven } from '../staff/desk-lock.ts';
import { rightsOf, type StaffMember } from '../staff/member.ts';
import { type DeskContext, DONE, doneUnless, type Handlers } from './context.ts';
import { refuse, refuseFault } from './refusals.ts';

export const ATTENDED = 'th.thuengban.staff.attended.v1';

/** Who works here, who attends, and who is signed in. */
export const teamAsks: Handlers<'staff' | 'sign-in' | 'sign-out' | 'still-here' | 'attend' | 'team'> = {
  staff: (_ask, { members }) =>
    members()
      .filter(({ role }) => role !== 'witness')
      .map(staffLine),
  async 'sign-in'({ credential }, desk) {
    const proven = await desk.lock.prove(credential);
    const staff = credential.by === 'pin' ? credential.staff : null;
    if (proven.kind === 'refused') {
      // Whoever tries PINs leaves traces; a wait that was told is no try.
      if (proven.why !== 'wait') await tell(desk, 'refused', staff, credential.by);
      return proofRefused(proven);
    }
    const { member, by } = proven;
    if (!desk.lock.mayActNow(member, null, desk.today())) return refuse('no-right');
    const fault = await tell(desk, 'signed-in', member.id, by);
    if (fault !== undefined) return refuseFault(fault);
    desk.lock.signIn(member);
    desk.people.prepare(desk.today());
    return sessionOf(member, desk.lock.idleMs);
  },
  async 'sign-out'(_ask, desk) {
    const { signedIn } = desk.lock;
    desk.lock.signOut();
    if (signedIn) await tell(desk, 'signed-out', signedIn.id, null);
    return DONE;
  },
  'still-here'(_ask, { lock }) {
    lock.touch();
    return DONE;
  },
  async attend({ witness }, { journal, present }) {
    if (witness.staff === null && witness.name === null) return refuse('unknown');
    const isThere = present().some((one) => one.staff === witness.staff && one.name === witness.name);
    if (isThere) return DONE;
    const data = { act: 'attends', staff: witness.staff, by: null, witness };
    return doneUnless(await journal.write(ATTENDED, data, { kind: 'attended', witness }));
  },
  team: (_ask, { members, present }) => ({ present: present(), staff: members().map(staffLine) }),
};

export const staffLine = ({ id, name, role, organisation, pin }: StaffMember) => ({
  id,
  name: name.th,
  role,
  organisation,
  hasPin: pin !== null,
});

export const sessionOf = ({ id, name, role }: StaffMember, idleMs: number): Session => ({
  staff: id,
  name: name.th,
  role,
  rights: rightsOf(role),
  idleLockS: Math.round(idleMs / 1000),
});

export function proofRefused({ why, waitS }: Extract<Proven, { kind: 'refused' }>): Refusal {
  return refuse(why, waitS);
}

function tell({ journal }: DeskContext, act: string, staff: string | null, by: string | null) {
  return journal.write(ATTENDED, { act, staff, by, witness: null }, null);
}
